import { LiveStream } from '../live-stream.js';
import { resultOf } from '../picture/transaction.js';
import { takenSteps } from '../stop/taken.js';

const HEALED_WITHIN_MILLIS = 60_000;

/** The steps of one order's transaction as the server sends them, also after the server itself was killed and is back. */
export class Healing {
  #changed;
  #stream;
  #orderId;
  #globalId;
  #stories = [];
  #isWatching = false;

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
    this.#isWatching = true;
  }

  /** What came of the order is known; the resolver may still have to bring the other branch there. */
  end() {
    const stream = this.#stream;
    setTimeout(() => {
      stream.stop();
      this.#isWatching = stream !== this.#stream;
    }, HEALED_WITHIN_MILLIS);
  }

  /** Whether a branch that has promised to commit has not ended yet, as far as is known, and the page still looks. */
  get isAwaited() {
    const branchesOf = (kinds) =>
      new Set(
        this.#told(({ steps }) => steps)
          .filter((step) => kinds.includes(step.kind) && resultOf(step) === 'yes')
          .map(({ participant }) => participant),
      );
    const ended = branchesOf(['DECISION', 'COMMIT', 'ROLLBACK', 'RESOLVE']);
    return this.#isWatching && [...branchesOf(['PREPARE'])].some((participant) => !ended.has(participant));
  }

  /** What is known of each of its lives, in milliseconds since the first: a server that comes back knows nothing of what it did before. */
  get steps() {
    return this.#told(takenSteps);
  }

  #told(stepsOf) {
    return this.#stories.flatMap((story) => {
      const later = new Date(story.began) - new Date(this.#stories[0].began);
      return stepsOf(story).map((step) => ({ ...step, from: step.from + later, to: step.to === undefined ? undefined : step.to + later }));
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
