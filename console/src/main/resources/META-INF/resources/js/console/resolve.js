import { copyable } from '../copy.js';
import { duration } from '../duration.js';
import { element } from '../element.js';
import { say } from '../language.js';
import { resolveBranch } from './api.js';
import { resolveId } from './doubts.js';
import { Question } from './question.js';
import { facts, verbatim } from './words.js';

const DECISIONS = ['COMMIT', 'ROLLBACK'];
const REASON_MAX = 500;
const OUTCOMES = {
  settled: true,
  'resolve-refused': false,
  'branch-ended': true,
  'not-answered': false,
  'not-recorded': false,
  'login-required': false,
  'invalid-request': false,
};

/** Asks an operator how to end a branch, and why. */
export class ResolveDialog {
  #question;

  /** `settled` is called after each attempt, whatever came of it. */
  constructor(dialog, settled) {
    this.#question = new Question(dialog, 'resolve', OUTCOMES, settled);
  }

  open(branch) {
    const form = this.#question.open({
      heading: say('resolve.heading', branch),
      content: content(branch),
      reasonMax: REASON_MAX,
      returnTo: resolveId(branch),
      region: 'doubts',
      check: () => isChosen(form),
      send: (reason) =>
        resolveBranch(branch.gid, {
          participant: branch.participant,
          decision: form.elements.decision.value,
          reason,
          heuristic: form.elements.heuristic?.checked ?? false,
        }),
    });
    form.addEventListener('change', () => warn(form, branch));
    warn(form, branch);
  }
}

function content(branch) {
  const { commitPoint, gid, ageMillis, evidence, because, coordinatorAlive } = branch;
  return [
    element('p', {}, say(`evidence.${evidence}`, branch)),
    verbatim(because),
    facts([say('resolve.age'), duration(ageMillis)], [say('transactions.commitPoint'), commitPoint], [say('doubts.gid'), copyable(gid, 'resolve')]),
    ...(coordinatorAlive ? [element('p', { id: 'resolve-alive', className: 'field-error' }, say('resolve.alive'))] : []),
    element('fieldset', { id: 'resolve-decision' }, element('legend', {}, say('resolve.decision')), ...DECISIONS.map((decision) => choice(decision, evidence))),
    element('p', { id: 'resolve-warning', className: 'field-error', role: 'status' }),
    ...(evidence === 'UNKNOWN' ? [guess()] : []),
  ];
}

/** Says beforehand what the server will refuse, and why; it is the server that refuses. */
function warn(form, { permitted }) {
  const decision = form.elements.decision.value;
  const { heuristic } = form.elements;
  const isAllowed = permitted.includes(decision) || heuristic?.checked;
  const words = heuristic ? 'resolve.mustBeGuess' : 'resolve.contradicts';
  form.querySelector('#resolve-warning').textContent = decision && !isAllowed ? say(words) : '';
}

/** Says that nothing is chosen, if so. */
function isChosen(form) {
  const isMissing = !form.elements.decision.value;
  if (isMissing) {
    form.querySelector('#resolve-warning').textContent = say('resolve.decision.missing');
    form.elements.decision[0].focus();
  }
  return !isMissing;
}

/** What the evidence says is chosen already; where it says nothing, so does the page. */
function choice(decision, evidence) {
  const input = element('input', {
    type: 'radio',
    id: `resolve-${decision}`,
    name: 'decision',
    value: decision,
    checked: decision === evidence,
  });
  return element('label', { className: 'choice' }, input, say(`resolve.${decision}`));
}

const guess = () =>
  element('label', { className: 'choice' }, element('input', { type: 'checkbox', id: 'resolve-heuristic', name: 'heuristic' }), say('resolve.heuristic'));
