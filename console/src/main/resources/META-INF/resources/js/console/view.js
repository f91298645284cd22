import { element, replaceContent } from '../element.js';
import { say, timeOfDay } from '../language.js';

/** While a button is held down it must not be replaced: the click would get lost. */
let isPressed = false;
const press = () => (isPressed = true);
const release = () => setTimeout(() => (isPressed = false));
document.addEventListener('pointerdown', press, true);
document.addEventListener('keydown', ({ key }) => key === ' ' && press(), true);
['pointerup', 'pointercancel', 'keyup'].forEach((type) => document.addEventListener(type, release, true));
window.addEventListener('blur', release);

/**
 * A part of the page that is read again and again. What was read last stays in view when a later read fails, or while the server is away, but
 * dimmed, and with its time.
 */
export class View {
  #element;
  #read;
  #content;
  #known;
  #knownAt;
  #isFailing = false;
  #isAway = false;
  #latest = 0;

  /** `content` makes the nodes that show what was read; where that may not hold any more, it is also told when it was read. */
  constructor(element, read, content) {
    this.#element = element;
    this.#read = read;
    this.#content = content;
  }

  /** Reads; tells whether an answer came. */
  async refresh() {
    const refresh = ++this.#latest;
    const answer = await this.#read().then(
      (known) => ({ known }),
      () => undefined,
    );
    if (refresh === this.#latest) {
      this.#isFailing = !answer;
      this.#known = answer ? answer.known : this.#known;
      this.#knownAt = answer ? Date.now() : this.#knownAt;
      if (!isPressed) {
        this.render();
      }
    }
    return Boolean(answer);
  }

  /** What was read last; undefined before the first answer. */
  get known() {
    return this.#known;
  }

  /** Whether the server does not answer, whichever part of the page has noticed it. */
  set isAway(isAway) {
    if (isAway !== this.#isAway) {
      this.#isAway = isAway;
      this.render();
    }
  }

  render() {
    if (this.#element.contains(document.getSelection()?.anchorNode) && !document.getSelection().isCollapsed) {
      return; // Somebody is copying from it.
    }
    const open = [...this.#element.querySelectorAll('details')].map((details) => details.open);
    const isOld = this.#known && (this.#isFailing || this.#isAway);
    this.#element.dataset.old = Boolean(isOld);
    const notice = isOld ? [say('console.then', { time: timeOfDay(this.#knownAt) })] : this.#isFailing ? [say('console.failing')] : [];
    replaceContent(
      this.#element,
      ...notice.map((words) => element('p', { className: 'notice failing' }, words)),
      ...(this.#known ? this.#content(this.#known, isOld ? this.#knownAt : undefined) : []),
    );
    this.#element.querySelectorAll('details').forEach((details, i) => (details.open = open[i] ?? false));
  }
}
