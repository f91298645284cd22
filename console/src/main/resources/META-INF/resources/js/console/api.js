import { contentOf, readJson, request } from '../request.js';

const WRITE_WITHIN_MILLIS = 30_000;

export const readStatistics = () => readJson('api/statistics');

export const readBranches = () => readJson('api/branches');

/** The flows that are open at this server, its peers, and who waits for whom. */
export const readFlows = () => readJson('api/flows');

/** What this server has recorded of a flow, and what each of its peers has. */
export const readFlow = (flow) => readJson(`api/flows/${flow}`);

export const readAudit = () => readJson('api/audit');

/** The transactions in the given states, or all, whose ids, order name or product fit the text; `offset` of them are passed over. */
export function readTransactions({ states, text, products, offset, limit }) {
  const query = new URLSearchParams(offset ? { limit, offset } : { limit });
  states.forEach((state) => query.append('state', state));
  if (text) {
    query.append('text', text);
    products.forEach((product) => query.append('product', product));
  }
  return readJson(`api/transactions?${query}`);
}

/** One transaction, or undefined if the server does not know it, or not any more. */
export async function readTransaction(globalId) {
  const url = `api/transactions/${inPath(globalId)}`;
  const answer = await request(url);
  return answer.status === 404 ? undefined : contentOf(url, answer);
}

/** The global id of the transaction that placed, or did not place, the order of this id; undefined if the server does not know it, or not any more. */
export async function transactionOf(orderId) {
  const { transactions } = await readJson(`api/transactions?${new URLSearchParams({ order: orderId, limit: 1 })}`);
  return transactions[0]?.globalId;
}

export const resetStatistics = () => settle('api/statistics/reset');

/** The queues, and for an operator the tickets that FAILED. */
export async function readTickets(isOperator) {
  const queues = await readJson('api/tickets');
  return { ...queues, failures: isOperator && queues.failed ? await readJson('api/tickets?state=FAILED') : [] };
}

export const resolveBranch = (gid, body) => settle(`api/branches/${inPath(gid)}/resolve`, body);

export const retryTicket = (ticketId) => settle(`api/tickets/${ticketId}/retry`);

export const refuseTicket = (ticketId, reason) => settle(`api/tickets/${ticketId}/refuse`, { reason });

/** What came of it: `kind` is 'settled', the last word of the problem's type with its members, or 'no-answer'. */
async function settle(url, content) {
  const { status, body, kind } = await request(url, { content, isWrite: true, withinMillis: WRITE_WITHIN_MILLIS });
  return { ...body, kind: status >= 200 && status < 300 ? 'settled' : (kind ?? 'no-answer') };
}

/** Names hold Base64, whose slash would be a separator. */
const inPath = (name) => encodeURIComponent(name.replaceAll('/', '~'));
