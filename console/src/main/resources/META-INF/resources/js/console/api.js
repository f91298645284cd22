import { fetchWithToken } from '../session.js';

const WITHIN_MILLIS = 10_000;

export const readStatistics = () => read('api/statistics');

export const readBranches = () => read('api/branches');

export const readAudit = () => read('api/audit');

/** The transactions in the given states, or all, whose ids, order name or product fit the text; `offset` of them are passed over. */
export function readTransactions({ states, text, products, offset, limit }) {
  const query = new URLSearchParams(offset ? { limit, offset } : { limit });
  states.forEach((state) => query.append('state', state));
  if (text) {
    query.append('text', text);
    products.forEach((product) => query.append('product', product));
  }
  return read(`api/transactions?${query}`);
}

/** One transaction, or undefined if the server does not know it, or not any more. */
export async function readTransaction(globalId) {
  const response = await request(`api/transactions/${inPath(globalId)}`);
  return response.status === 404 ? undefined : json(response);
}

/** The global id of the transaction that placed, or did not place, the order of this id; undefined if the server does not know it, or not any more. */
export async function transactionOf(orderId) {
  const { transactions } = await read(`api/transactions?${new URLSearchParams({ order: orderId, limit: 1 })}`);
  return transactions[0]?.globalId;
}

export const resetStatistics = () => settle('api/statistics/reset');

/** The queues, and for an operator the tickets that FAILED. */
export async function readTickets(isOperator) {
  const queues = await read('api/tickets');
  return { ...queues, failures: isOperator && queues.failed ? await read('api/tickets?state=FAILED') : [] };
}

export const resolveBranch = (gid, body) => settle(`api/branches/${inPath(gid)}/resolve`, body);

export const retryTicket = (ticketId) => settle(`api/tickets/${ticketId}/retry`);

export const refuseTicket = (ticketId, reason) => settle(`api/tickets/${ticketId}/refuse`, { reason });

/** What came of it: `kind` is 'settled', the last word of the problem's type with its members, or 'no-answer'. */
async function settle(url, body) {
  try {
    const response = await write(url, body);
    const text = await response.text(); // even if it is empty: the browser counts a write as given up whose answer nobody reads
    const answer = text ? JSON.parse(text) : {};
    return response.ok ? { ...answer, kind: 'settled' } : { ...answer, kind: answer.type.split(':').at(-1) };
  } catch {
    return { kind: 'no-answer' };
  }
}

/** Names hold Base64, whose slash would be a separator. */
const inPath = (name) => encodeURIComponent(name.replaceAll('/', '~'));

const read = async (url) => json(await request(url));

const request = (url) => fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(WITHIN_MILLIS) });

function write(url, body) {
  return fetchWithToken(url, {
    method: 'POST',
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(WITHIN_MILLIS * 3),
  });
}

function json(response) {
  if (!response.ok) {
    throw new Error(`Cannot read ${response.url}: status=${response.status}`);
  }
  return response.json();
}
