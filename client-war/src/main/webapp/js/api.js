import { contentOf, request } from './request.js';

const ORDER_WITHIN_MILLIS = 30_000;

export const listProducts = () => list('api/products');

/** Products, and in `next` where there are more, if there are; `wanted` may have a `search` and a `limit`. */
export const pageOfProducts = (wanted) => page(`api/products?${new URLSearchParams(wanted)}`);

/** The products of these ids, 200 at most, without those that there are not. */
export const productsOf = (ids) => list(`api/products?${new URLSearchParams(ids.map((id) => ['id', id]))}`);

/** The orders at an address, and in `next` where there are more, if there are. */
export const pageOfOrders = (url) => page(url);

/**
 * Places the order. `kind` tells what came of it: 'placed' with the order, 'answer-lost', or the last word of the
 * problem's type ('out-of-stock', 'outcome-unknown', …) with all members of the problem.
 */
export const placeOrder = (order) => send('api/orders', order, (body) => placed(body, order.orderId));

/** Asks what came of an order: 'placed' with the order, 'absent', or 'in-doubt' with the seconds to wait. */
export const askForOrder = (orderId) => ask(`api/orders/${orderId}`, 'no-such-order', (body) => placed(body, orderId));

/** Takes a ticket for the order, whose id is the ticket's. Answers like `placeOrder`, but 'ticket-given' with the ticket. */
export const takeTicket = ({ orderId: ticketId, ...content }) => send('api/tickets', { ticketId, ...content }, (body) => given(body, ticketId));

/** Asks for a ticket: 'ticket-given' with the ticket as it is now; else like `askForOrder`. */
export const askForTicket = (ticketId) => ask(`api/tickets/${ticketId}`, 'no-such-ticket', (body) => given(body, ticketId));

const placed = (body, orderId) => (body?.orderId === orderId ? { kind: 'placed', order: body } : undefined);

const given = (body, ticketId) => (body?.ticketId === ticketId ? { kind: 'ticket-given', ticket: body } : undefined);

async function send(url, content, outcomeOf) {
  const answer = await request(url, { content, withinMillis: ORDER_WITHIN_MILLIS });
  if (answer.status >= 200 && answer.status < 300) {
    return outcomeOf(answer.body) ?? { kind: 'answer-lost' };
  }
  const saysWhatHappened = answer.status < 500 || ['not-placed', 'busy', 'outcome-unknown'].includes(answer.kind);
  return answer.kind && saysWhatHappened ? { ...answer.body, ...answer } : { kind: 'answer-lost' };
}

async function ask(url, absence, outcomeOf) {
  const { status, body, kind, waitSeconds } = await request(url);
  if (status === 404 && kind === absence) {
    return { kind: 'absent' };
  }
  const found = status === 200 ? outcomeOf(body) : undefined;
  return found ?? { kind: 'in-doubt', waitSeconds };
}

const list = async (url) => (await page(url)).items;

async function page(url) {
  const answer = await request(url);
  return { items: contentOf(url, answer), next: answer.next };
}
