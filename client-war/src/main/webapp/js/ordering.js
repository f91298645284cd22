import { askForOrder, askForTicket, placeOrder, takeTicket } from './api.js';
import { inquire } from './inquiry.js';
import { forgetOrder, keepOrder, keptOrder } from './open-order.js';
import { newOrderId } from './order-id.js';

/** After these the same order, under the same orderId, may be sent again; every other outcome is final. */
const OPEN = ['answer-lost', 'not-placed', 'busy', 'queue-full', 'absent', 'still-unknown'];

/** How to order: at once in both databases, or by a ticket. */
const WAYS = {
  now: { send: placeOrder, ask: askForOrder },
  ticket: { send: takeTicket, ask: askForTicket },
};

/**
 * Places one order at a time and never twice: an order keeps its orderId until its outcome is certain or its content
 * changes, so the server recognises a second attempt. A reload changes nothing about that.
 */
export class Ordering {
  #report;
  #order = keptOrder();
  #busy = false;

  /** `report` hears each step: 'placing' and 'asking' on the way, any other kind at the end. */
  constructor(report) {
    this.#report = report;
  }

  /** The order whose outcome is not final yet, if there is one. */
  get openOrder() {
    return this.#order;
  }

  place(content) {
    return this.#alone(() => {
      if (!this.#isOpen(content)) {
        this.#order = { orderId: newOrderId(), ...content };
        keepOrder(this.#order);
      }
      return this.#send();
    });
  }

  /** Sends the open order once more, whatever the form says by now. */
  retry() {
    return this.#alone(() => this.#send());
  }

  /** Asks what became of the open order. */
  check() {
    return this.#alone(() => this.#ask(0));
  }

  async #alone(attempt) {
    if (this.#busy) {
      return;
    }
    this.#busy = true;
    try {
      this.#end(await attempt());
    } catch (unexpected) {
      reportError(unexpected);
      this.#end({ kind: 'answer-lost' });
    } finally {
      this.#busy = false;
    }
  }

  #end(outcome) {
    this.#report(outcome);
    if (!OPEN.includes(outcome.kind)) {
      this.#order = undefined;
      forgetOrder();
    }
  }

  #isOpen(content) {
    return this.#order && Object.keys(content).every((field) => content[field] === this.#order[field]);
  }

  async #send() {
    this.#report({ kind: 'placing' });
    const { way, ...order } = this.#order;
    const outcome = await WAYS[way].send(order);
    return outcome.kind === 'outcome-unknown' ? this.#ask(outcome.waitSeconds) : outcome;
  }

  #ask(firstWaitSeconds) {
    this.#report({ kind: 'asking' });
    const { way, orderId } = this.#order;
    return inquire(() => WAYS[way].ask(orderId), firstWaitSeconds);
  }
}
