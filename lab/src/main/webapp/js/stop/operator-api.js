import { request } from '../request.js';

/** Places an order and has it held: 'held' with its holdId, or the last word of the problem's type with the problem. */
export async function beginHold(wanted) {
  const answer = await request('api/holds', { content: wanted });
  return answer.status === 202 ? { kind: 'held', ...answer.body } : refusal(answer);
}

/** What became of a held order, and what another reader sees: 'hold' with it, or why it cannot be told. */
export async function askForHold(holdId) {
  const answer = await request(`api/holds/${holdId}`);
  return answer.status === 200 ? { kind: 'hold', hold: answer.body } : refusal(answer);
}

/** Ends a hold; `how` is 'commit' or 'rollback'. */
export async function endHold(holdId, how) {
  const answer = await request(`api/holds/${holdId}/${how}`, { content: {} });
  return answer.status === 202 ? { kind: 'ended' } : refusal(answer);
}

/** Has the order of plan.orderId broken; only where the server is a demonstration. */
export async function planBreak(plan) {
  const answer = await request('api/breaks', { content: plan });
  return answer.status === 204 ? { kind: 'planned' } : refusal(answer);
}

const refusal = ({ body, kind }) => ({ ...body, kind: kind ?? 'no-answer' });
