const URL = 'api/transactions/events';
const STALE_AFTER_MILLIS = 12_000;
const WAIT_MIN_MILLIS = 500;
const WAIT_MAX_MILLIS = 10_000;

/**
 * The stream of transactions. It comes back by itself, waiting longer each time. `state` is 'connecting', 'live', 'reconnecting' or 'stale':
 * connected, but nothing was heard for longer than the server keeps silent.
 */
export class Stream {
  #source;
  #wait = WAIT_MIN_MILLIS;
  #heard = 0;
  #onMessage;
  #onState;
  state = 'connecting';

  constructor(onMessage, onState) {
    this.#onMessage = onMessage;
    this.#onState = onState;
    setInterval(() => this.#watch(), 1000);
    this.#open();
  }

  #open() {
    this.#source = new EventSource(URL);
    this.#source.addEventListener('transactions', ({ data }) => this.#message(data));
    this.#source.addEventListener('error', () => this.#reopen());
  }

  #message(data) {
    this.#heard = Date.now();
    this.#wait = WAIT_MIN_MILLIS;
    this.#become('live');
    this.#onMessage(JSON.parse(data));
  }

  /** The browser's own reconnecting gives up at the first refusal, such as that of a proxy while the server starts. */
  #reopen() {
    this.#source.close();
    this.#become(this.state === 'connecting' ? 'connecting' : 'reconnecting');
    setTimeout(() => this.#open(), this.#wait * (0.75 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, WAIT_MAX_MILLIS);
  }

  #watch() {
    if (this.state === 'live' && Date.now() - this.#heard > STALE_AFTER_MILLIS) {
      this.#become('stale');
      this.#source.close();
      this.#open();
    }
  }

  #become(state) {
    if (state !== this.state) {
      this.state = state;
      this.#onState(state);
    }
  }
}
