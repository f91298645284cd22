import { copyable } from '../copy.js';
import { element } from '../element.js';
import { say } from '../language.js';
import { refuseTicket } from './api.js';
import { Question } from './question.js';
import { refuseId, ticketWords } from './tickets.js';
import { facts, verbatim } from './words.js';

const REASON_MAX = 200;
const OUTCOMES = { settled: true, 'not-failed': true, 'login-required': false, 'invalid-request': false };

/** Asks an operator why a ticket gets nothing. */
export class RefuseDialog {
  #question;
  #productNameOf;

  /** `settled` is called after each attempt, whatever came of it. */
  constructor(dialog, productNameOf, settled) {
    this.#question = new Question(dialog, 'refuse', OUTCOMES, settled);
    this.#productNameOf = productNameOf;
  }

  open(ticket) {
    this.#question.open({
      heading: say('refuse.heading', { number: ticket.ticketNumber }),
      content: [
        element('p', {}, ticketWords(ticket, this.#productNameOf)),
        verbatim(ticket.reason),
        element('p', { className: 'refuse-words' }, say('refuse.words')),
        facts([say('tickets.id'), copyable(ticket.ticketId, 'refuse')]),
      ],
      reasonMax: REASON_MAX,
      returnTo: refuseId(ticket),
      region: 'tickets',
      send: (reason) => refuseTicket(ticket.ticketId, reason),
    });
  }
}
