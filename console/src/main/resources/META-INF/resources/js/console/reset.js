import { element } from '../element.js';
import { say } from '../language.js';
import { resetStatistics } from './api.js';
import { Question } from './question.js';

const OUTCOMES = { settled: true, 'not-recorded': false, 'login-required': false };

/** Asks an operator whether the statistics really are to begin anew, since they do for everybody. */
export class ResetDialog {
  #question;

  /** `settled` is called after each attempt, whatever came of it. */
  constructor(dialog, settled) {
    this.#question = new Question(dialog, 'reset', OUTCOMES, settled);
  }

  open() {
    this.#question.open({
      heading: say('reset.heading'),
      content: [element('p', { className: 'refuse-words' }, say('reset.words'))],
      returnTo: 'statistics-reset',
      region: 'statistics',
      send: resetStatistics,
    });
  }
}
