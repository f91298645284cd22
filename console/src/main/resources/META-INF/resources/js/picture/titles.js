import { element } from '../element.js';
import { say } from '../language.js';

/** What a transaction is about, in a line. */
export const titleOf = ({ order, isHalf }, productNameOf) =>
  order
    ? say('orders.content', { quantity: order.quantity, product: productNameOf(order.productId) })
    : say(isHalf ? 'picture.orderUnseen' : 'picture.noOrder');

const SIGNS = {
  committed: '✓',
  aborted: '✕',
  doubt: '?',
  open: '…',
  healedCommitted: '✓',
  healedAborted: '✕',
  byHandCommitted: '✓',
  byHandAborted: '✕',
  elsewhere: '?',
  ready: '✓',
  soldOut: '–',
};

/** How it stands, as a sign and a word. */
export function badge(story) {
  const kind = kindOf(story);
  const sign = element('span', { className: 'badge-sign' }, SIGNS[kind]);
  sign.setAttribute('aria-hidden', 'true');
  return element('span', { className: `badge ${kind}` }, sign, say(`picture.badge.${kind}`));
}

function kindOf({ isTicket, state, isHealed, isByHand, isOver }) {
  if (isTicket) {
    return state === 'READY' ? 'ready' : 'soldOut';
  }
  if (state === 'COMMITTED') {
    return isByHand ? 'byHandCommitted' : isHealed ? 'healedCommitted' : 'committed';
  }
  if (state === 'ABORTED') {
    return isByHand ? 'byHandAborted' : isHealed ? 'healedAborted' : 'aborted';
  }
  return state === 'IN_DOUBT' ? (isOver ? 'elsewhere' : 'doubt') : 'open';
}
