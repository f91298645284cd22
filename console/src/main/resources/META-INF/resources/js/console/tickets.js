import { duration } from '../duration.js';
import { element } from '../element.js';
import { say } from '../language.js';
import { ticketAddress } from '../links.js';
import { figure } from './statistics.js';
import { onlyOperators, verbatim } from './words.js';

/**
 * The queues, and the tickets that failed; `settle`, if it is given, has what an operator can do about one: `retry` and `refuse`.
 */
export const ticketBand = (known, productNameOf, settle) => [
  element(
    'dl',
    { className: 'figures' },
    figure('tickets.waiting', known.waiting, say('tickets.limit', { count: known.limit })),
    figure('tickets.failed', known.failed, say('tickets.failed.note'), known.failed > 0 ? 'alarming' : ''),
  ),
  known.queues.length ? queueTable(known.queues, productNameOf) : element('p', { className: 'notice' }, say('tickets.none')),
  ...(known.failed && !settle ? [onlyOperators('tickets')] : []),
  ...(known.failures.length ? [failures(known.failures, productNameOf, settle)] : []),
  ...(known.failures.length && known.failures.length < known.failed
    ? [element('p', { className: 'notice' }, say('tickets.shown', { shown: known.failures.length, count: known.failed }))]
    : []),
];

function queueTable(queues, productNameOf) {
  const columns = ['product', 'waiting', 'called', 'secondsEach'];
  const head = columns.map((name) => element('th', { scope: 'col' }, say(`tickets.${name}`)));
  const rows = queues.map(({ productId, waiting, called, secondsEach }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, productNameOf(productId)),
      element('td', {}, say('statistics.count', { count: waiting })),
      element('td', {}, say('statistics.count', { count: called })),
      element('td', {}, secondsEach === undefined ? '–' : duration(secondsEach * 1000)),
    ),
  );
  return element('table', { className: 'queues' }, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}

const failures = (tickets, productNameOf, settle) => element('ul', { className: 'doubts' }, ...tickets.map((ticket) => failure(ticket, productNameOf, settle)));

function failure(ticket, productNameOf, { retry, refuse }) {
  return element(
    'li',
    {},
    element('p', { className: 'age' }, say('tickets.number', { number: ticket.ticketNumber })),
    element(
      'div',
      { className: 'doubt' },
      element('h3', {}, element('a', { id: `ticket-${ticket.ticketId}`, href: ticketAddress(ticket) }, ticketWords(ticket, productNameOf))),
      element('p', {}, say('tickets.attempts', { count: ticket.attempts })),
      verbatim(ticket.reason),
    ),
    element(
      'div',
      { className: 'buttons' },
      button(`retry-${ticket.ticketId}`, 'tickets.retry', () => retry(ticket)),
      button(refuseId(ticket), 'tickets.refuse', () => refuse(ticket)),
    ),
  );
}

function button(id, key, act) {
  const made = element('button', { type: 'button', id }, say(key));
  made.addEventListener('click', act);
  return made;
}

/** Where the focus returns to once the question is closed. */
export const refuseId = ({ ticketId }) => `refuse-${ticketId}`;

export const ticketWords = ({ orderName, quantity, productId }, productNameOf) =>
  `${orderName}: ${say('orders.content', { quantity, product: productNameOf(productId) })}`;
