const ASK_FOR_SECONDS = 60;

/** Asks by `ask`, as often as the server wishes, until the answer is other than 'in-doubt'; at last it is 'still-unknown'. */
export async function inquire(ask, firstWaitSeconds) {
  const deadline = performance.now() + ASK_FOR_SECONDS * 1000;
  let waitSeconds = firstWaitSeconds;
  while (performance.now() + waitSeconds * 1000 < deadline) {
    await pause(waitSeconds);
    const answer = await ask();
    if (answer.kind !== 'in-doubt') {
      return answer;
    }
    ({ waitSeconds } = answer);
  }
  return { kind: 'still-unknown' };
}

const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));
