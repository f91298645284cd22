import { copyButton } from './copy.js';
import { element, replaceContent } from './element.js';
import { isolated, say } from './language.js';
import { orderAddress, pictureAddress, ticketAddress } from './links.js';
import { FIELDS } from './order-form.js';

const TOLD = {
  placing: 'under-way',
  asking: 'under-way',
  placed: 'good',
  'ticket-given': 'good',
  'invalid-request': 'refused',
  'unknown-product': 'refused',
  'out-of-stock': 'refused',
  'order-id-taken': 'refused',
  'ticket-id-taken': 'refused',
  refused: 'refused',
  'not-placed': 'open',
  busy: 'open',
  'queue-full': 'open',
  absent: 'open',
  'answer-lost': 'open',
  'still-unknown': 'open',
};

/**
 * Tells what came of an order in the region's status. `actions` offers `retry` and `check` where the outcome is open;
 * they stay outside the status, which is read out.
 */
export function renderResult(region, outcome, productNameOf, actions) {
  const kind = outcome.kind in TOLD ? outcome.kind : 'refused';
  const [status, next] = region.children;
  const told = facts(outcome, productNameOf);
  region.dataset.outcome = TOLD[kind];
  replaceContent(
    status,
    element('h3', {}, say(`result.${kind}.title`, told)),
    element('p', {}, say(`result.${kind}.words`, told)),
    outcome.kind === 'placed' ? orderNumber(outcome.order) : [],
    unmarkedErrors(outcome),
  );
  replaceContent(next, nextSteps(kind, outcome, actions));
}

function facts({ order, ticket, requested, available, waitSeconds }, productNameOf) {
  const named = order && { orderName: isolated(order.orderName), product: productNameOf(order.productId) };
  return { ...order, ...named, number: ticket?.ticketNumber, requested, available, seconds: waitSeconds };
}

const orderNumber = ({ orderId }) => element('p', { className: 'order-number' }, `${say('order.number')} `, element('code', { id: 'result-number' }, orderId));

/** In the API's words, which are English: no field of the form shows these errors. */
const unmarkedErrors = ({ errors = [] }) =>
  errors.filter(({ field }) => !FIELDS.includes(field)).map(({ field, detail }) => element('p', { lang: 'en' }, `${field} ${detail}`.trim()));

function nextSteps(kind, { order, ticket }, actions) {
  if (kind === 'placed') {
    return [
      element('a', { id: 'result-next', href: pictureAddress(order) }, say('order.picture')),
      element('a', { id: 'result-order', href: orderAddress(order) }, say('order.page')),
      copyButton(order.orderId, () => document.getElementById('result-number')),
    ];
  }
  if (ticket) {
    return [element('a', { id: 'result-next', href: ticketAddress(ticket) }, say('result.ticket'))];
  }
  return TOLD[kind] === 'open' ? [openStep(kind, actions)] : [];
}

function openStep(kind, { retry, check }) {
  const [name, act] = kind === 'still-unknown' ? ['check', check] : ['retry', retry];
  const button = element('button', { type: 'button', id: 'result-next' }, say(`result.${name}`));
  button.addEventListener('click', act);
  return button;
}
