const REPLACED = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame'];
const FRAME_MILLIS = 16;
const TURNS_MAX = 10_000;

/** Time as a case turns it: timers, frames and performance.now() hear of no other while `body` runs. */
export async function withClock(body) {
  const clock = new Clock();
  try {
    await body(clock);
  } finally {
    clock.giveBack();
  }
}

class Clock {
  #now = 1_000_000;
  #ids = 0;
  #due = new Map();
  #real = Object.fromEntries(REPLACED.map((name) => [name, globalThis[name]]));
  #channel = new MessageChannel();

  constructor() {
    performance.now = () => this.#now; // the prototype's stays, and shows again later
    globalThis.setTimeout = (act, millis = 0) => this.#add(act, millis);
    globalThis.setInterval = (act, millis) => this.#add(act, millis, millis);
    globalThis.requestAnimationFrame = (act) => this.#add(() => act(this.#now), FRAME_MILLIS);
    for (const name of ['clearTimeout', 'clearInterval', 'cancelAnimationFrame']) {
      globalThis[name] = (id) => this.#due.delete(id);
    }
  }

  giveBack() {
    delete performance.now;
    this.#channel.port1.close();
    Object.assign(globalThis, this.#real);
  }

  /** How many timers and frames are waited for. */
  get waiting() {
    return this.#due.size;
  }

  /** Lets so much time pass: what falls due in it happens, in its order. */
  async pass(millis) {
    const end = this.#now + millis;
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) {
      await this.#happen(next);
    }
    this.#now = end;
    await this.#settle();
  }

  /** Lets time pass until it is so. */
  async passUntil(isSo) {
    for (let turns = 0; !isSo(); turns++) {
      if (turns === TURNS_MAX) {
        throw new Error(`It never was so: ${isSo}`);
      }
      const next = this.#next();
      await (next ? this.#happen(next) : this.#settle());
    }
  }

  #add(act, millis, every) {
    const id = ++this.#ids;
    this.#due.set(id, { id, act, at: this.#now + millis, every });
    return id;
  }

  #next() {
    return [...this.#due.values()].sort((a, b) => a.at - b.at || a.id - b.id)[0];
  }

  async #happen({ id, act, at, every }) {
    this.#now = at;
    this.#due.delete(id);
    if (every) {
      this.#due.set(id, { id, act, at: at + every, every });
    }
    act();
    await this.#settle();
  }

  /** What was promised may happen first. By a message, since a browser delays timers that set each other. */
  #settle() {
    return new Promise((resume) => {
      this.#channel.port1.onmessage = resume;
      this.#channel.port2.postMessage('');
    });
  }
}
