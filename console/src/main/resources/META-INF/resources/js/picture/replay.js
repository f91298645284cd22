const SPEEDS = [10, 30, 100, 300, 1000];
const CUT_SECONDS = 1.2;
const WANTED_SECONDS = 7;

/**
 * Replay of one picture in slow motion: a moment that moves over the axis. What the axis leaves out passes in about a second. `moved` is
 * called with the moment in milliseconds and its place from 0 to 1.
 */
export class Replay {
  #spans;
  #edges;
  #moved;
  #frame;
  place = 1;
  speed;
  isPlaying = false;

  constructor({ spans, end }, edges, moved) {
    this.#spans = spans;
    this.#moved = moved;
    const kept = spans.filter(({ isCut }) => !isCut).reduce((sum, { from, to }) => sum + Math.min(to, end) - from, 0);
    this.speed = SPEEDS.find((speed) => (kept * speed) / 1000 >= WANTED_SECONDS) ?? SPEEDS.at(-1);
    this.#edges = [...new Set([0, ...edges, 1])].sort((a, b) => a - b);
  }

  static speeds = SPEEDS;

  play() {
    this.isPlaying = true;
    if (this.place >= 1) {
      this.goTo(0);
    }
    let last = performance.now();
    const tick = (now) => {
      this.#advance((now - last) / 1000);
      last = now;
      this.#frame = this.isPlaying ? requestAnimationFrame(tick) : undefined;
    };
    this.#frame = requestAnimationFrame(tick);
  }

  pause() {
    this.isPlaying = false;
    cancelAnimationFrame(this.#frame);
  }

  #advance(seconds) {
    const span = this.#spans.find(({ right }) => this.place < right - 1e-6) ?? this.#spans.at(-1);
    const width = span.right - span.left;
    const lasts = span.isCut ? CUT_SECONDS : ((span.to - span.from) * this.speed) / 1000;
    const next = Math.min(this.place + (width * seconds) / Math.max(lasts, 0.01), span.right);
    this.isPlaying = next < 1;
    this.goTo(next);
  }

  /** Pauses, and tells of it: no frame will. */
  halt() {
    this.pause();
    this.goTo(this.place);
  }

  /** To the next (1) or the last (-1) moment at which something begins or ends. */
  step(direction) {
    this.pause();
    const next = direction > 0 ? this.#edges.find((edge) => edge > this.place + 1e-4) : this.#edges.findLast((edge) => edge < this.place - 1e-4);
    this.goTo(next ?? (direction > 0 ? 1 : 0));
  }

  goTo(place) {
    this.place = Math.min(Math.max(place, 0), 1);
    this.#moved(this.#momentAt(this.place), this.place);
  }

  #momentAt(place) {
    const span = this.#spans.find(({ right }) => place <= right + 1e-9) ?? this.#spans.at(-1);
    const share = (place - span.left) / (span.right - span.left || 1);
    return span.from + share * (span.to - span.from);
  }
}
