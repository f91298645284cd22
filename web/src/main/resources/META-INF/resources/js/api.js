import { fetchWithToken } from './session.js';

const ORDER_WITHIN_MILLIS = 30_000;
const READ_WITHIN_MILLIS = 10_000;

/** No answer came, or none that the API would give, such as a proxy's error page: it tells nothing about an order. */
const NO_ANSWER = { status: 0, waitSeconds: 1 };

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
export const takeTicket = ({ orderId: ticketId, ...content }) =>
  send('api/tickets', { ticketId, ...content }, (body) => given(body, ticketId));

/** Asks for a ticket: 'ticket-given' with the ticket as it is now; else like `askForOrder`. */
export const askForTicket = (ticketId) =>
  ask(`api/tickets/${ticketId}`, 'no-such-ticket', (body) => given(body, ticketId));

const placed = (body, orderId) => (body?.orderId === orderId ? { kind: 'placed', order: body } : undefined);

const given = (body, ticketId) => (body?.ticketId === ticketId ? { kind: 'ticket-given', ticket: body } : undefined);

async function send(url, content, outcomeOf) {
  const answer = await request(url, ORDER_WITHIN_MILLIS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(content),
  });
  if (answer.status >= 200 && answer.status < 300) {
    return outcomeOf(answer.body) ?? { kind: 'answer-lost' };
  }
  const kind = problemKind(answer);
  const saysWhatHappened = answer.status < 500 || kind === 'not-placed' || kind === 'outcome-unknown';
  return kind && saysWhatHappened ? { ...answer.body, ...answer, kind } : { kind: 'answer-lost' };
}

async function ask(url, absence, outcomeOf) {
  const answer = await request(url, READ_WITHIN_MILLIS);
  if (answer.status === 404 && problemKind(answer) === absence) {
    return { kind: 'absent' };
  }
  const found = answer.status === 200 ? outcomeOf(answer.body) : undefined;
  return found ?? { kind: 'in-doubt', waitSeconds: answer.waitSeconds };
}

/** Only for the API's own problems: a gateway's, such as about:blank, tells nothing about an order. */
function problemKind({ body }) {
  const type = body?.type;
  return typeof type === 'string' ? type.match(/:problem:([a-z-]+)$/)?.[1] : undefined;
}

const list = async (url) => (await page(url)).items;

async function page(url) {
  const { status, body, next } = await request(url, READ_WITHIN_MILLIS);
  if (status !== 200) {
    throw new Error(`Cannot read ${url}: status=${status}, expected=200`);
  }
  return { items: body, next };
}

async function request(url, withinMillis, options) {
  try {
    const response = await fetchWithToken(url, {
      ...options,
      cache: 'no-store',
      signal: AbortSignal.timeout(withinMillis),
    });
    return {
      status: response.status,
      body: await response.json(),
      next: response.headers.get('Link')?.match(/<([^>]*)>; *rel="next"/)?.[1],
      // Not a number if a proxy tells a date instead.
      waitSeconds: Math.max(1, Number(response.headers.get('Retry-After')) || 1),
    };
  } catch {
    return NO_ANSWER;
  }
}
