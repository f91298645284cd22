import { askForOrder, placeOrder } from './api.js';
import { newOrderId } from './order-id.js';

const ASK_FOR_SECONDS = 60;

/** After these the same order, under the same orderId, may be sent again; every other outcome is final. */
const OPEN = ['answer-lost', 'not-placed', 'absent', 'still-unknown'];

/**
 * Places one order at a time and never twice: an order keeps its orderId until its outcome is certain or its content
 * changes, so the server recognises a second attempt.
 */
export class Ordering {
  #report;
  #order;
  #busy = false;

  /** `report` hears each step: 'placing' and 'asking' on the way, any other kind at the end. */
  constructor(report) {
    this.#report = report;
  }

  place(content) {
    return this.#alone(() => {
      if (!this.#isOpen(content)) {
        this.#order = { orderId: newOrderId(), ...content };
      }
      return this.#send();
    });
  }

  /** Sends the open order once more, whatever the form says by now. */
  retry() {
    return this.#alone(() => this.#send());
  }

  /** Resumes asking where `askAt` leads. */
  check({ askAt }) {
    return this.#alone(() => this.#ask(askAt, 0));
  }

  async #alone(attempt) {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    const outcome = await attempt();
    this.#busy = false;
    if (!OPEN.includes(outcome.kind)) {
      this.#order = undefined;
    }
    this.#report(outcome);
  }

  #isOpen(content) {
    return this.#order && Object.keys(content).every((field) => content[field] === this.#order[field]);
  }

  async #send() {
    this.#report({ kind: 'placing' });
    const outcome = await placeOrder(this.#order);
    return outcome.kind === 'outcome-unknown' ? this.#ask(outcome.askAt, outcome.waitSeconds) : outcome;
  }

  async #ask(askAt, firstWaitSeconds) {
    this.#report({ kind: 'asking' });
    const deadline = performance.now() + ASK_FOR_SECONDS * 1000;
    let waitSeconds = firstWaitSeconds;
    while (performance.now() + waitSeconds * 1000 < deadline) {
      await pause(waitSeconds);
      const answer = await askForOrder(askAt);
      if (answer.kind !== 'in-doubt') {
        return answer;
      }
      waitSeconds = answer.waitSeconds;
    }
    return { kind: 'still-unknown', askAt };
  }
}

const pause = (seconds) => new Promise((resume) => setTimeout(resume, seconds * 1000));
