import { fetchWithToken } from '../session.js';

const ANSWER_WITHIN_MILLIS = 10_000;

/** Places an order and has it held: 'held' with its holdId, or the last word of the problem's type with the problem. */
export async function beginHold(wanted) {
  const answer = await request('api/holds', write('POST', wanted));
  return answer.status === 202 ? { kind: 'held', ...answer.body } : refusal(answer);
}

/** What became of a held order, and what another reader sees: 'hold' with it, or why it cannot be told. */
export async function askForHold(holdId) {
  const answer = await request(`api/holds/${holdId}`);
  return answer.status === 200 ? { kind: 'hold', hold: answer.body } : refusal(answer);
}

/** Ends a hold; `how` is 'commit' or 'rollback'. */
export async function endHold(holdId, how) {
  const answer = await request(`api/holds/${holdId}/${how}`, write('POST', {}));
  return answer.status === 202 ? { kind: 'ended' } : refusal(answer);
}

/** Has the order of plan.orderId broken; only where the server is a demonstration. */
export async function planBreak(plan) {
  const answer = await request('api/breaks', write('POST', plan));
  return answer.status === 204 ? { kind: 'planned' } : refusal(answer);
}

const write = (method, body) => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

const refusal = ({ body }) =>
  typeof body?.type === 'string' ? { ...body, kind: body.type.split(':').at(-1) } : { kind: 'no-answer' };

async function request(url, options) {
  try {
    const response = await fetchWithToken(url, {
      ...options,
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MILLIS),
    });
    return { status: response.status, body: await response.json().catch(() => undefined) };
  } catch {
    return { status: 0 };
  }
}
