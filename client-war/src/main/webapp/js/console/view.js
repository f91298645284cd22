import { element, replaceContent } from '../element.js';
import { say } from '../language.js';

/** While a button is held down it must not be replaced: the click would get lost. */
let isPressed = false;
const press = () => (isPressed = true);
const release = () => setTimeout(() => (isPressed = false));
document.addEventListener('pointerdown', press, true);
document.addEventListener('keydown', ({ key }) => key === ' ' && press(), true);
['pointerup', 'pointercancel', 'keyup'].forEach((type) => document.addEventListener(type, release, true));
window.addEventListener('blur', release);

/** A part of the page that is read again and again. What was read last stays in view when a later read fails. */
export class View {
  #element;
  #read;
  #content;
  #known;
  #isFailing = false;
  #latest = 0;

  /** `content` makes the nodes that show what was read. */
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
      if (!isPressed) {
        this.render();
      }
    }
    return Boolean(answer);
  }

  render() {
    if (this.#element.contains(document.getSelection()?.anchorNode) && !document.getSelection().isCollapsed) {
      return; // Somebody is copying from it.
    }
    const open = [...this.#element.querySelectorAll('details')].map((details) => details.open);
    const notice = this.#isFailing && !this.#known ? [element('p', { className: 'notice failing' }, say('console.failing'))] : [];
    replaceContent(this.#element, ...notice, ...(this.#known ? this.#content(this.#known) : []));
    this.#element.querySelectorAll('details').forEach((details, i) => (details.open = open[i] ?? false));
  }
}
