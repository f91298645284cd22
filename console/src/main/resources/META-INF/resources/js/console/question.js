import { element, replaceContent } from '../element.js';
import { say } from '../language.js';
import { verbatim } from './words.js';

/**
 * A question that an operator answers in a dialog, with a reason if one is wanted. Ids and words begin with its name; `outcomes` are the kinds of outcome that it has
 * words for, each with whether nothing is left to be asked then.
 */
export class Question {
  #dialog;
  #name;
  #outcomes;
  #answered;
  #asked;
  #form;

  /** `answered` is called after each attempt, whatever came of it. */
  constructor(dialog, name, outcomes, answered) {
    this.#dialog = dialog;
    this.#name = name;
    this.#outcomes = outcomes;
    this.#answered = answered;
    dialog.addEventListener('close', () => {
      const button = document.getElementById(this.#asked.returnTo);
      (button ?? document.getElementById(this.#asked.region)).focus({ preventScroll: true });
    });
  }

  /**
   * Asks; returns the form. With `reasonMax`, its longest length, a reason is wanted; `check`, if given, says and tells
   * whether all else is there. `send` gets the reason, and tells the outcome; the focus goes back to `returnTo`, or to `region` if that
   * is no longer there.
   */
  open(asked) {
    this.#asked = asked;
    this.#form = this.#newForm(asked);
    replaceContent(this.#dialog, this.#form);
    this.#dialog.showModal();
    return this.#form;
  }

  #newForm({ heading, content, reasonMax }) {
    const result = element('div', { id: `${this.#name}-result`, className: 'resolve-result' });
    result.setAttribute('role', 'status');
    const form = element(
      'form',
      { noValidate: true },
      element('h2', { id: `${this.#dialog.id}-heading` }, heading),
      ...content,
      ...(reasonMax ? [this.#reasonField(reasonMax)] : []),
      result,
      this.#buttons(),
    );
    form.addEventListener('submit', (event) => this.#submit(event));
    return form;
  }

  #reasonField(maxLength) {
    const [id, errorId] = [`${this.#name}-reason`, `${this.#name}-reason-error`];
    const reason = element('textarea', { id, name: 'reason', rows: 2, maxLength, required: true });
    reason.setAttribute('aria-describedby', errorId);
    return element(
      'div',
      { className: 'field' },
      element('label', { htmlFor: id }, say(`${this.#name}.reason`)),
      reason,
      element('p', { id: errorId, className: 'field-error' }),
    );
  }

  #buttons() {
    const cancel = element('button', { type: 'button', id: `${this.#name}-cancel` }, say('resolve.cancel'));
    cancel.addEventListener('click', () => this.#dialog.close());
    const submit = element('button', { id: `${this.#name}-submit`, className: 'primary' }, say(`${this.#name}.submit`));
    return element('div', { className: 'buttons' }, cancel, submit);
  }

  #part = (name) => this.#form.querySelector(`#${this.#name}-${name}`);

  async #submit(event) {
    event.preventDefault();
    const { reason } = this.#form.elements;
    const hasReason = this.#hasReason(reason);
    const isComplete = this.#asked.check?.() ?? true; // Asked last, so that the first thing that is missing gets the focus.
    if (!hasReason || !isComplete) {
      return;
    }
    const submit = this.#part('submit');
    if (submit.getAttribute('aria-disabled') === 'true') {
      return;
    }
    submit.setAttribute('aria-disabled', 'true');
    const outcome = await this.#asked.send(reason?.value.replace(/\s+/g, ' ').trim());
    submit.removeAttribute('aria-disabled');
    this.#report(outcome);
    this.#answered();
  }

  #hasReason(field) {
    if (!field) {
      return true;
    }
    const isReason = field.value.trim() !== '';
    field.setAttribute('aria-invalid', !isReason);
    this.#part('reason-error').textContent = isReason ? '' : say(`${this.#name}.reason.missing`);
    if (!isReason) {
      field.focus();
    }
    return isReason;
  }

  #report(outcome) {
    const kind = outcome.kind in this.#outcomes ? outcome.kind : 'no-answer';
    const words = element('p', {}, say(`${this.#name}.${kind}`, outcome));
    const reasons = outcome.because ?? outcome.detail;
    replaceContent(this.#part('result'), words, ...(reasons ? [verbatim(reasons)] : []));
    this.#part('result').dataset.kind = kind;
    if (this.#outcomes[kind]) {
      this.#part('submit').hidden = true;
      this.#part('cancel').textContent = say('detail.close');
      this.#part('cancel').focus();
    }
  }
}
