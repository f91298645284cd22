const WINDOW_MILLIS = 3000;

/** How many transactions end in a second, and how many of them are shown, over the last seconds. No DOM here. */
export class Rate {
  #entries = [];

  add(ended, now) {
    this.#entries.push({ ended, shown: 0, now });
  }

  show(count, now) {
    this.#entries.push({ ended: 0, shown: count, now });
  }

  perSecond(now) {
    this.#entries = this.#entries.filter((entry) => now - entry.now < WINDOW_MILLIS);
    const sum = (name) => this.#entries.reduce((total, entry) => total + entry[name], 0);
    const each = (count) => Math.round((count * 1000) / WINDOW_MILLIS);
    return { ended: each(sum('ended')), shown: Math.min(each(sum('shown')), each(sum('ended'))) };
  }
}
