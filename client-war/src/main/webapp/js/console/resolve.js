import { element, replaceContent } from '../element.js';
import { say } from '../language.js';
import { resolveBranch } from './api.js';
import { resolveId } from './doubts.js';
import { code, duration, facts, verbatim } from './words.js';

const DECISIONS = ['COMMIT', 'ROLLBACK'];
const REASON_MAX = 500;
const TOLD = [
  'settled',
  'resolve-refused',
  'branch-ended',
  'not-answered',
  'not-recorded',
  'login-required',
  'invalid-request',
];

/** Asks an operator how to end a branch, and why. */
export class ResolveDialog {
  #dialog;
  #settled;
  #branch;
  #form;

  /** `settled` is called after each attempt, whatever came of it. */
  constructor(dialog, settled) {
    this.#dialog = dialog;
    this.#settled = settled;
    dialog.addEventListener('close', () => {
      const button = document.getElementById(resolveId(this.#branch));
      (button ?? document.getElementById('doubts')).focus({ preventScroll: true });
    });
  }

  open(branch) {
    this.#branch = branch;
    this.#form = this.#newForm();
    replaceContent(this.#dialog, this.#form);
    this.#warn();
    this.#dialog.showModal();
  }

  #newForm() {
    const { branch, participant, commitPoint, gid, ageMillis, evidence, because, permitted } = this.#branch;
    const form = element(
      'form',
      { noValidate: true },
      element('h2', { id: 'branch-resolve-heading' }, say('resolve.heading', { branch, participant })),
      element('p', {}, say(`evidence.${evidence}`, this.#branch)),
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
      reasonField(),
      element('div', { id: 'resolve-result', className: 'resolve-result' }),
      this.#buttons(),
    );
    form.addEventListener('change', () => this.#warn());
    form.addEventListener('submit', (event) => this.#submit(event));
    form.querySelector('#resolve-result').setAttribute('role', 'status');
    return form;
  }

  #buttons() {
    const cancel = element('button', { type: 'button', id: 'resolve-cancel' }, say('resolve.cancel'));
    cancel.addEventListener('click', () => this.#dialog.close());
    const submit = element('button', { id: 'resolve-submit', className: 'primary' }, say('resolve.submit'));
    return element('div', { className: 'buttons' }, cancel, submit);
  }

  /** Says beforehand what the server will refuse; it is the server that refuses. */
  #warn() {
    const decision = this.#form.elements.decision.value;
    const isAllowed = this.#branch.permitted.includes(decision) || this.#form.elements.heuristic?.checked;
    const warning = decision && !isAllowed ? say('resolve.contradicts') : '';
    this.#form.querySelector('#resolve-warning').textContent = warning;
  }

  async #submit(event) {
    event.preventDefault();
    const { decision, heuristic, reason } = this.#form.elements;
    const isReason = reason.value.trim() !== '';
    reason.setAttribute('aria-invalid', !isReason);
    this.#form.querySelector('#resolve-reason-error').textContent = isReason ? '' : say('resolve.reason.missing');
    if (!isReason) {
      reason.focus();
      return;
    }
    const submit = this.#form.querySelector('#resolve-submit');
    if (submit.getAttribute('aria-disabled') === 'true') {
      return;
    }
    submit.setAttribute('aria-disabled', 'true');
    const outcome = await resolveBranch(this.#branch.gid, {
      participant: this.#branch.participant,
      decision: decision.value,
      reason: reason.value.replace(/\s+/g, ' ').trim(),
      heuristic: heuristic?.checked ?? false,
    });
    submit.removeAttribute('aria-disabled');
    this.#report(outcome);
    this.#settled();
  }

  #report(outcome) {
    const kind = TOLD.includes(outcome.kind) ? outcome.kind : 'no-answer';
    const words = element('p', {}, say(`resolve.${kind}`, outcome));
    const reasons = outcome.because ?? outcome.detail;
    replaceContent(this.#form.querySelector('#resolve-result'), words, ...(reasons ? [verbatim(reasons)] : []));
    this.#form.querySelector('#resolve-result').dataset.kind = kind;
    if (kind === 'settled' || kind === 'branch-ended') {
      this.#form.querySelector('#resolve-submit').hidden = true;
      this.#form.querySelector('#resolve-cancel').textContent = say('detail.close');
      this.#form.querySelector('#resolve-cancel').focus();
    }
  }
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

function reasonField() {
  const reason = element('textarea', { id: 'resolve-reason', name: 'reason', rows: 2, maxLength: REASON_MAX, required: true });
  reason.setAttribute('aria-describedby', 'resolve-reason-error');
  return element(
    'div',
    { className: 'field' },
    element('label', { htmlFor: 'resolve-reason' }, say('resolve.reason')),
    reason,
    element('p', { id: 'resolve-reason-error', className: 'field-error' }),
  );
}
