import { element, replaceContent } from './element.js';
import { say } from './language.js';

const TOLD = {
  placing: 'under-way',
  asking: 'under-way',
  placed: 'good',
  'invalid-request': 'refused',
  'unknown-product': 'refused',
  'out-of-stock': 'refused',
  'order-id-taken': 'refused',
  refused: 'refused',
  'not-placed': 'open',
  absent: 'open',
  'answer-lost': 'open',
  'still-unknown': 'open',
};

/** Tells what came of an order. `actions` offers `retry` and `check` where the outcome is open. */
export function renderResult(region, outcome, productNameOf, actions) {
  const kind = outcome.kind in TOLD ? outcome.kind : 'refused';
  region.dataset.outcome = TOLD[kind];
  replaceContent(
    region,
    element('h3', {}, say(`result.${kind}.title`)),
    element('p', {}, say(`result.${kind}.words`, facts(outcome, productNameOf))),
    ...(outcome.kind === 'placed' ? [orderNumber(outcome.order)] : []),
    ...(TOLD[kind] === 'open' ? [nextStep(outcome, actions)] : []),
  );
}

function facts({ order, requested, available, waitSeconds }, productNameOf) {
  return { ...order, product: order && productNameOf(order.productId), requested, available, seconds: waitSeconds };
}

const orderNumber = ({ orderId }) =>
  element('p', { className: 'order-number' }, `${say('order.number')} `, element('code', {}, orderId));

function nextStep(outcome, { retry, check }) {
  const [name, act] = outcome.kind === 'still-unknown' ? ['check', check] : ['retry', retry];
  const button = element('button', { type: 'button', id: 'result-next' }, say(`result.${name}`));
  button.addEventListener('click', () => act(outcome));
  return button;
}
