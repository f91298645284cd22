import { askForOrder } from './api.js';

const ASK_FOR_SECONDS = 60;

/** Asks for an order as often as the server wishes: 'placed' with the order, 'absent', or at last 'still-unknown'. */
export async function inquire(orderId, firstWaitSeconds) {
  const deadline = performance.now() + ASK_FOR_SECONDS * 1000;
  let waitSeconds = firstWaitSeconds;
  while (performance.now() + waitSeconds * 1000 < deadline) {
    await pause(waitSeconds);
    const answer = await askForOrder(orderId);
    if (answer.kind !== 'in-doubt') {
      return answer;
    }
    ({ waitSeconds } = answer);
  }
  return { kind: 'still-unknown' };
}

const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));
