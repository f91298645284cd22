import { flowStory } from './flow.js';
import { ticketStory } from './ticket.js';
import { isRumour, merge, outcomesOf, storyOf } from './transaction.js';

/**
 * The transactions and tickets that the page knows, and which of them its list shows. What arrives is taken into the list in beats of a few, so that
 * under load a row can be seen before it has gone; troubled ones come first. Bounded in every way. No DOM here.
 */

const ROWS_MAX = 50;
const WAITING_MAX = 200;
const ORDINARY_MAX = 100;
const TROUBLED_MAX = 150;
const ORPHANED_MILLIS = 60_000;
const STILL_MILLIS = 1000;
const PER_BEAT = 6;
const TROUBLED_PER_BEAT = 12;

export class Board {
  #known = new Map();
  #listed = [];
  #waiting = new Set();
  #process;
  #processSince = 0;
  #stillUntil = 0;
  #edition = 0;
  filter = { kind: 'all', outcome: 'all', productId: 0, isSlowest: false };
  isPaused = false;

  get size() {
    return this.#known.size;
  }

  get waiting() {
    return this.#waiting.size;
  }

  get process() {
    return this.#process;
  }

  /** Another number whenever the rows, or what is known of one of them, are not what they were. */
  get edition() {
    return this.#edition;
  }

  /** Takes in a message of the stream; returns the ids of what has changed. */
  take({ process = '', shown, open, tickets }, now) {
    const changed = new Set();
    if (this.#process !== process) {
      this.#process = process;
      this.#processSince = now;
    }
    this.#known.forEach(({ story, at }, id) => (story.isOver || at === process ? 0 : changed.add(id)));
    for (const told of [...shown, ...open]) {
      changed.add(told.globalId);
      this.#put(told);
    }
    changed.forEach((id) => this.#retell(id, now));
    this.#edition += this.#listed.some((id) => changed.has(id));
    tickets.forEach((told) => this.#putTicket(told));
    this.#forget();
    return changed;
  }

  #put(told) {
    const entry = this.#known.get(told.globalId);
    const parts = merge(entry?.parts, told, this.#process);
    this.#known.set(told.globalId, { ...entry, parts });
    if (!entry) {
      this.#waiting.add(told.globalId);
    }
  }

  /** A ticket has ended when it is told, but the stream tells the latest ones again to who reconnects. */
  #putTicket(told) {
    if (!this.#known.has(told.ticketId)) {
      this.#known.set(told.ticketId, { story: ticketStory(told) });
      this.#waiting.add(told.ticketId);
    }
  }

  /** A process that began long ago and has told nothing of its predecessor's transaction will tell nothing any more. */
  #retell(id, now) {
    const entry = this.#known.get(id);
    const told = storyOf(entry.parts, this.#process);
    const story = told.flow ? flowStory(told) : told;
    const isForgotten = story.isOrphan && now - this.#processSince > ORPHANED_MILLIS;
    const at = story.isOrphan ? undefined : this.#process;
    this.#known.set(id, { ...entry, at, story: isForgotten ? { ...story, isOver: true } : story });
  }

  /** The oldest go, but what is listed, waits, or was slowest stays. */
  #forget() {
    [...this.#waiting].slice(0, -WAITING_MAX).forEach((id) => this.#waiting.delete(id));
    const listed = new Set(this.#listed);
    const free = [...this.#known].filter(([id]) => !listed.has(id) && !this.#waiting.has(id));
    const slowest = new Set(
      [...free]
        .sort((a, b) => b[1].story.end - a[1].story.end)
        .slice(0, ROWS_MAX)
        .map(([id]) => id),
    );
    const ordinary = free.filter(([id]) => this.#isOrdinary(id) && !slowest.has(id));
    const troubled = free.filter(([id]) => !this.#isOrdinary(id) && !slowest.has(id));
    ordinary.slice(0, -ORDINARY_MAX).forEach(([id]) => this.#known.delete(id));
    troubled.slice(0, -TROUBLED_MAX).forEach(([id]) => this.#known.delete(id));
  }

  /** Lets what waits into the list, then none for a second, so that eyes can follow. Returns how many came in. */
  beat(now) {
    if (this.isPaused || now < this.#stillUntil || this.#waiting.size === 0) {
      return 0;
    }
    this.#stillUntil = now + STILL_MILLIS;
    const wanted = [...this.#waiting].filter((id) => this.#matches(id, now));
    const troubled = wanted.filter((id) => !this.#isOrdinary(id));
    const ordinary = wanted.filter((id) => this.#isOrdinary(id));
    const chosen = [...troubled.slice(-TROUBLED_PER_BEAT), ...ordinary.slice(-Math.max(PER_BEAT - troubled.length, 1))];
    this.#waiting.forEach((id) => (isRumour(this.story(id), now) ? 0 : this.#waiting.delete(id)));
    this.#list([...this.#listed, ...chosen], now);
    return chosen.length;
  }

  #inTime = (ids) => [...ids].sort((a, b) => this.story(a).began - this.story(b).began);

  #isOrdinary(id) {
    const { isTicket, state, isHealed } = this.story(id);
    return isTicket || (state === 'COMMITTED' && !isHealed);
  }

  /** Begins the list anew, after another filter was chosen. */
  refill(now) {
    this.#waiting.clear();
    this.#list([...this.#known.keys()], now);
  }

  #list(ids, now) {
    const ofInterest = this.#inTime(ids.filter((id) => this.#matches(id, now)));
    const sorted = this.filter.isSlowest ? [...ofInterest].sort((a, b) => this.story(a).end - this.story(b).end) : ofInterest;
    this.#listed = sorted.slice(-ROWS_MAX);
    this.#edition++;
  }

  #matches(id, now) {
    const { kind, outcome, productId } = this.filter;
    const story = this.story(id);
    return (
      story !== undefined &&
      !isRumour(story, now) &&
      (kind === 'all' || (kind === 'tickets') === Boolean(story.isTicket)) &&
      (outcome === 'all' || outcomesOf(story).includes(outcome)) &&
      (!productId || productsOf(story).includes(productId))
    );
  }

  story(id) {
    return this.#known.get(id)?.story;
  }

  /** The ids of what the living process has not ended, as far as is known. */
  underWay() {
    return [...this.#known].filter(([, { story, at }]) => !story.isOver && at === this.#process).map(([id]) => id);
  }

  /** The ids of the rows, first row first. */
  rows() {
    return this.#listed.toReversed();
  }

  productIds() {
    const ids = [...this.#known.values()].flatMap(({ story }) => productsOf(story));
    return [...new Set(ids)].sort((a, b) => a - b);
  }
}

/** Of its order, or of the orders that share it, as far as they are told. */
const productsOf = ({ order, orders = [] }) => [...orders, ...(order ? [order] : [])].map(({ productId }) => productId);
