import { element } from '../element.js';
import { say } from '../language.js';
import { resolveBranch } from './api.js';
import { resolveId } from './doubts.js';
import { Question } from './question.js';
import { code, duration, facts, verbatim } from './words.js';

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
  const { commitPoint, gid, ageMillis, evidence, because, permitted } = branch;
  return [
    element('p', {}, say(`evidence.${evidence}`, branch)),
    verbatim(because),
    facts(
      [say('resolve.age'), duration(ageMillis)],
      [say('transactions.commitPoint'), commitPoint],
      [say('doubts.gid'), code(gid)],
    ),
    element(
      'fieldset',
      { id: 'resolve-decision' },
      element('legend', {}, say('resolve.decision')),
      ...DECISIONS.map((decision) => choice(decision, permitted)),
    ),
    element('p', { id: 'resolve-warning', className: 'field-error' }),
    ...(evidence === 'UNKNOWN' ? [guess()] : []),
  ];
}

/** Says beforehand what the server will refuse; it is the server that refuses. */
function warn(form, { permitted }) {
  const decision = form.elements.decision.value;
  const isAllowed = permitted.includes(decision) || form.elements.heuristic?.checked;
  form.querySelector('#resolve-warning').textContent = decision && !isAllowed ? say('resolve.contradicts') : '';
}

function choice(decision, permitted) {
  const isOnlyOne = permitted.length === 1 && permitted[0] === decision;
  const input = element('input', {
    type: 'radio',
    id: `resolve-${decision}`,
    name: 'decision',
    value: decision,
    checked: isOnlyOne || (permitted.length !== 1 && decision === 'ROLLBACK'),
  });
  return element('label', { className: 'choice' }, input, say(`resolve.${decision}`));
}

const guess = () =>
  element(
    'label',
    { className: 'choice' },
    element('input', { type: 'checkbox', id: 'resolve-heuristic', name: 'heuristic' }),
    say('resolve.heuristic'),
  );
