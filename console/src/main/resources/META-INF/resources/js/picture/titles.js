import { element } from '../element.js';
import { say, timeOfDay } from '../language.js';
import { titleOfSeveral } from '../together.js';

/** What a transaction is about, in a line: an order, another subject of its application's, or nothing that is known. */
export function titleOf({ state, order, subjects: [subject] = [], subjectCount = 1, isHalf }, productNameOf) {
  if (subjectCount > 1) {
    return titleOfSeveral({ state, subjectCount });
  }
  if (order) {
    return say('orders.content', { quantity: order.quantity, product: productNameOf(order.productId) });
  }
  return subject ? subject.title || subject.id : say(isHalf ? 'picture.orderUnseen' : 'picture.noOrder');
}

/** What else names it beside its title. */
export const nameOf = ({ order, subjects: [subject], globalId }) => order?.orderName ?? subject?.id ?? globalId;

const flowWords = ({ machines }) => machines && say('picture.flow', { servers: machines.length });

/** What stands below a row's title. A global id is longer than the line, whose end is cut off: so it comes last. */
export const factsOf = (story) => [story.isTicket && say('picture.ticket'), timeOfDay(story.began), flowWords(story), nameOf(story)].filter(Boolean);

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
