import { duration } from '../duration.js';
import { element } from '../element.js';
import { say, timeOfDay } from '../language.js';
import { titleOfSeveral } from '../together.js';
import { STATES, stateMark, stateName } from './words.js';

/** One button for each state with the number of transactions in it, and one for all; `choose` gets the state or undefined. */
export function stateChips(counts, chosen, choose) {
  const all = STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return [
    chip('all', say('transactions.all'), all, chosen === undefined, () => choose(undefined)),
    ...STATES.map((state) => chip(state, stateName(state), counts[state] ?? 0, chosen === state, () => choose(state))),
  ];
}

function chip(id, words, count, isChosen, choose) {
  const button = element(
    'button',
    { type: 'button', id: `state-${id}`, className: count ? 'chip' : 'chip none' },
    words,
    element('span', { className: 'count' }, say('statistics.count', { count })),
  );
  button.dataset.state = id;
  button.setAttribute('aria-pressed', isChosen);
  button.addEventListener('click', choose);
  return button;
}

/** How many there are, and which of them are shown; beyond one page, the ways to the next and the last. `turn` gets the offset of another page. */
export function pager({ offset, shown, total, size }, turn) {
  if (!total) {
    return [];
  }
  const words = element('p', { id: 'transactions-shown' }, say('transactions.shown', { from: offset + 1, to: offset + shown, total }));
  words.setAttribute('role', 'status');
  const ways = [
    way('transactions-newer', 'transactions.newer', offset > 0, () => turn(Math.max(0, offset - size))),
    way('transactions-older', 'transactions.older', offset + shown < total, () => turn(offset + size)),
  ];
  return [element('div', { className: 'pager' }, words, ...(total > size ? ways : []))];
}

/** It stays where it is, so that who presses it again and again keeps the focus, and hears that there is no more. */
function way(id, key, isOpen, act) {
  const button = element('button', { type: 'button', id, className: 'small' }, say(key));
  button.setAttribute('aria-disabled', !isOpen);
  button.addEventListener('click', () => isOpen && act());
  return button;
}

/** The transactions as a table, or a word that there are none; `open` gets the global id of the one to look at. */
export function transactionTable(transactions, productNameOf, open) {
  if (!transactions.length) {
    return [element('p', { className: 'notice' }, say('transactions.none'))];
  }
  const columns = ['state', 'order', 'began', 'duration', 'commitPoint'];
  const head = columns.map((name) => element('th', { scope: 'col', className: `of-${name}` }, say(`transactions.${name}`)));
  const rows = transactions.map((transaction) => row(transaction, productNameOf, open));
  return [element('table', { className: 'transactions' }, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows))];
}

function row(transaction, productNameOf, open) {
  const { globalId, state, began, millis, commitPoint } = transaction;
  const title = element('button', { type: 'button', id: transactionId(globalId) }, orderTitle(transaction));
  const created = element(
    'tr',
    {},
    element('td', { className: 'of-state' }, stateMark(state), ...remarks(transaction)),
    element('td', { className: 'of-order' }, title, element('span', { className: 'order-words' }, wordsOf(transaction, productNameOf))),
    element('td', { className: 'of-began' }, element('time', { dateTime: began }, timeOfDay(began))),
    element('td', { className: 'of-duration' }, duration(millis)),
    element('td', { className: 'of-commitPoint' }, commitPoint || '–'),
  );
  // The whole row is a target for the mouse; the keyboard has the button.
  created.addEventListener('click', () => open(globalId));
  return created;
}

/** By the first of what it is about, or by how many there are; a title may be empty. */
export function orderTitle({ state, order, subjects: [subject] = [], subjectCount = 1 }) {
  if (subjectCount > 1) {
    return titleOfSeveral({ state, subjectCount });
  }
  return order?.orderName ?? (subject ? subject.title || subject.id : say('transactions.noOrder'));
}

/** What it is about besides its title; of several the first. */
function wordsOf({ globalId, order, subjects, subjectCount = 1 }, productNameOf) {
  if (order) {
    return subjectCount > 1 ? order.orderName : orderWords(order, productNameOf);
  }
  return subjects?.[0].id ?? globalId;
}

export const orderWords = ({ quantity, productId }, productNameOf) => say('orders.content', { quantity, product: productNameOf(productId) });

/** The id of the button that opens it. */
export const transactionId = (globalId) => `transaction-${globalId}`;

/** What is unusual about how it ended. */
export function remarks({ state, resolved, settledElsewhere }) {
  const isResolved = resolved && (state === 'COMMITTED' || state === 'ABORTED');
  const words = [isResolved && 'transactions.resolved', settledElsewhere && 'transactions.settledElsewhere'];
  return words.filter(Boolean).map((key) => element('span', { className: 'remark' }, say(key)));
}
