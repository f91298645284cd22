const STALE_AFTER_MILLIS = 4_000;

/**
 * How fresh a page is that asks for each of its parts again and again: what `LiveLine` shows. Parts that fail because a database does not
 * answer the server are explained by naming it; others make the page stale.
 */
export class Pulse {
  #freshAt;
  #heardAt;
  #isFresh = false;
  #silentSince = new Map();

  /** `isHeard`: whether the server has answered at all; `isWhole`: for each part; `silent`: the databases that did not answer it, as it says now. */
  beat({ isHeard, isWhole, silent }) {
    const now = performance.now();
    this.#heardAt = isHeard ? now : this.#heardAt;
    this.#isFresh = isHeard && (isWhole || silent.length > 0);
    this.#freshAt = this.#isFresh ? now : this.#freshAt;
    this.#silentSince = new Map(silent.map((database) => [database, this.#silentSince.get(database) ?? Date.now()]));
  }

  /** As a `LiveStream` tells it. */
  get state() {
    if (this.#freshAt === undefined) {
      return { kind: 'connecting' };
    }
    const millis = performance.now() - this.#freshAt;
    if (millis < STALE_AFTER_MILLIS) {
      return { kind: this.#isFresh ? 'live' : 'reconnecting' };
    }
    return { kind: 'stale', seconds: Math.round(millis / 1_000) };
  }

  /** The databases that do not answer the server, each with since when. */
  get away() {
    return [...this.#silentSince].map(([database, since]) => ({ database, since }));
  }

  /** Whether the server, once heard, has been silent for so long that nothing it said may hold any more. */
  get isServerAway() {
    return this.#heardAt !== undefined && performance.now() - this.#heardAt >= STALE_AFTER_MILLIS;
  }
}
