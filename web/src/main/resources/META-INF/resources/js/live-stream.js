/** The server sends a sign of life every 4 or 5 s. */
const SILENCE_MILLIS = 9_000;
const RETRY_MILLIS = [1_000, 2_000, 3_000, 5_000];
const TRIES_BEFORE_POLLING = 3;
const POLL_MILLIS = 5_000;
const STALE_MILLIS = 4_000;

/**
 * Something as the server sends it, state by state. Comes back by itself after any failure; where streams never get through it falls back to
 * `poll`, if there is one, slowly. Listens only while the page can be seen, since a browser has few connections for all its tabs; what may not be missed
 * then is polled, too.
 */
export class LiveStream {
  #url;
  #event;
  #received;
  #poll;
  #changed;
  #pollsUnseen;
  #watch;
  #source;
  #retry;
  #tries = 0;
  #listening = false;
  #signAt;
  #heardAt;
  #polledAt;
  #polling = false;

  /**
   * `received` gets each state, which comes as an `event` of this name, and whether it is the first of a connection; `poll` fetches it
   * otherwise and resolves to whether it could; `changed`: see `state`; `pollsUnseen`: whether to poll while the page cannot be seen.
   */
  constructor(url, { event, received, poll, changed = () => undefined, pollsUnseen = false }) {
    this.#url = url;
    this.#event = event;
    this.#received = received;
    this.#poll = poll;
    this.#changed = changed;
    this.#pollsUnseen = pollsUnseen;
  }

  start() {
    document.addEventListener('visibilitychange', this.#seenOrHidden);
    this.#watch = setInterval(() => this.#lookAround(), 1_000);
    this.#seenOrHidden();
  }

  /** For good: nothing new is to come. */
  stop() {
    document.removeEventListener('visibilitychange', this.#seenOrHidden);
    clearInterval(this.#watch);
    this.#disconnect();
  }

  /** How fresh the page is: 'connecting', 'live', 'polling', 'reconnecting', or 'stale' with the seconds since it was not. */
  get state() {
    const now = performance.now();
    if (this.#listening) {
      return { kind: 'live' };
    }
    const freshAt = Math.max(this.#heardAt ?? -Infinity, this.#polledAt ?? -Infinity);
    if (freshAt === -Infinity) {
      return { kind: 'connecting' };
    }
    if (this.#polledAt === freshAt && now - freshAt < 2 * POLL_MILLIS) {
      return { kind: 'polling', seconds: POLL_MILLIS / 1_000 };
    }
    return now - freshAt < STALE_MILLIS ? { kind: 'reconnecting' } : { kind: 'stale', seconds: Math.round((now - freshAt) / 1_000) };
  }

  #seenOrHidden = () => {
    this.#disconnect();
    if (!document.hidden) {
      this.#connect();
    }
  };

  #connect() {
    this.#disconnect();
    this.#signAt = performance.now();
    this.#source = new EventSource(this.#url);
    this.#source.addEventListener(this.#event, ({ data }) => this.#heard(JSON.parse(data)));
    this.#source.addEventListener('alive', () => this.#heard());
    this.#source.addEventListener('error', () => this.#lost());
  }

  #disconnect() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
    this.#listening = false;
  }

  /** A sign of life says that what was received on this connection is still true. */
  #heard(state) {
    this.#signAt = performance.now();
    if (state) {
      const isFirst = !this.#listening;
      this.#listening = true;
      this.#tries = 0;
      this.#received(state, isFirst);
    }
    if (this.#listening) {
      this.#heardAt = this.#signAt;
    }
    this.#changed();
  }

  /** Not left to EventSource: it gives up for good on some failures, and keeps its own time. */
  #lost() {
    this.#disconnect();
    const wait = RETRY_MILLIS[Math.min(this.#tries++, RETRY_MILLIS.length - 1)];
    this.#retry = setTimeout(() => this.#connect(), wait);
    this.#changed();
  }

  #lookAround() {
    if (this.#source && performance.now() - this.#signAt > SILENCE_MILLIS) {
      this.#lost();
    }
    if (this.#poll && (document.hidden ? this.#pollsUnseen : this.#tries >= TRIES_BEFORE_POLLING)) {
      this.#pollNow();
    }
    this.#changed();
  }

  async #pollNow() {
    const now = performance.now();
    if (this.#polling || now - (this.#polledAt ?? -Infinity) < POLL_MILLIS) {
      return;
    }
    this.#polling = true;
    try {
      if (await this.#poll()) {
        this.#polledAt = performance.now();
      }
    } finally {
      this.#polling = false;
    }
  }
}
