import { LiveStream } from '../live-stream.js';

const HEALED_WITHIN_MILLIS = 60_000;

/** The steps of one order's transaction as the server sends them, also after the server itself was killed and is back. */
export class Healing {
  #changed;
  #stream;
  #orderId;
  #globalId;
  #stories = [];

  /** `changed` hears that there is more to show. */
  constructor(changed) {
    this.#changed = changed;
  }

  watch(orderId) {
    this.#orderId = orderId;
    this.#globalId = undefined;
    this.#stories = [];
    this.#stream?.stop();
    this.#stream = new LiveStream('api/transactions/events', { event: 'transactions', received: (message) => this.#take(message) });
    this.#stream.start();
  }

  /** What came of the order is known; the resolver may still have to bring the other branch there. */
  end() {
    const stream = this.#stream;
    setTimeout(() => stream.stop(), HEALED_WITHIN_MILLIS);
  }

  /** What is known of each of its lives, in milliseconds since the first: a server that comes back knows nothing of what it did before. */
  get steps() {
    return this.#stories.flatMap(({ began, steps }) => {
      const later = new Date(began) - new Date(this.#stories[0].began);
      return steps.map((step) => ({ ...step, from: step.from + later, to: step.to === undefined ? undefined : step.to + later }));
    });
  }

  #take({ shown, open }) {
    for (const story of [...shown, ...open].filter((one) => this.#isMeant(one))) {
      this.#globalId = story.globalId;
      const life = this.#stories.findIndex(({ began }) => began === story.began);
      if (life < 0) {
        this.#stories.push(story);
      } else {
        this.#stories[life] = story;
      }
      this.#changed();
    }
  }

  #isMeant({ globalId, order }) {
    return order?.orderId === this.#orderId || (this.#globalId && globalId === this.#globalId);
  }
}
