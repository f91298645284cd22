import { element, replaceContent } from './element.js';
import { say, timeOfDay } from './language.js';

/** While a button is held down it must not be replaced: the click would get lost. */
let isPressed = false;

/** The parts whose last answer is not shown yet, since somebody holds a button down or copies. */
const heldBack = new Set();

function showHeldBack() {
  const parts = [...heldBack];
  heldBack.clear();
  parts.forEach((part) => part.render());
}

const press = () => (isPressed = true);
const release = () =>
  setTimeout(() => {
    isPressed = false;
    showHeldBack();
  });
document.addEventListener('pointerdown', press, true);
document.addEventListener('keydown', ({ key }) => key === ' ' && press(), true);
['pointerup', 'pointercancel', 'keyup'].forEach((type) => document.addEventListener(type, release, true));
window.addEventListener('blur', release);
document.addEventListener('selectionchange', showHeldBack);

/**
 * A part of the page that shows what the server tells. What was read last stays in view when a later read fails. A list that is read when somebody
 * wants it says so while it is loading, empty or failing. What is read again and again is dimmed while it is old, and has its time.
 */
export class Region {
  #element;
  #read;
  #content;
  #update;
  #isRepeated;
  #known;
  #knownAt;
  #isFailing = false;
  #isAway = false;
  #latest = 0;

  /**
   * `content` makes the nodes that show what was read; where that may not hold any more, it is also told when it was read. `update` changes those of
   * a list in place. `isRepeated` tells that the page reads it again and again. A list's strings begin with the element's id, unless it names one
   * itself, such as in `data-empty`.
   */
  constructor(element, read, content, { update, isRepeated = false } = {}) {
    this.#element = element;
    this.#read = read;
    this.#content = content;
    this.#update = update;
    this.#isRepeated = isRepeated;
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

  /** Reads; tells whether an answer came. */
  async refresh() {
    const refresh = ++this.#latest;
    this.#setBusy(true);
    const answer = await this.#read().then(
      (known) => ({ known }),
      () => undefined,
    );
    if (refresh === this.#latest) {
      this.#show(answer); // else a younger refresh knows better
    }
    return Boolean(answer);
  }

  /** Shows what came by another way; a refresh under way knows less. */
  accept(known) {
    this.#latest++;
    this.#show({ known });
  }

  /** Shows the same items once more, since they are called something else now. */
  renew() {
    if (this.#isListed) {
      this.#update(this.#element, this.#known);
    }
  }

  #show(answer) {
    const wasListed = this.#isListed;
    this.#isFailing = !answer;
    if (answer) {
      this.#known = answer.known;
      this.#knownAt = Date.now();
    }
    this.#setBusy(false);
    if (wasListed && this.#isListed && this.#update) {
      this.#update(this.#element, this.#known);
    } else {
      this.render();
    }
    this.#element.dispatchEvent(new Event('refreshed'));
  }

  get #isListed() {
    return this.#known?.length > 0 && !this.#isFailing;
  }

  get #isBeingCopied() {
    const selection = document.getSelection();
    return this.#element.contains(selection?.anchorNode) && !selection.isCollapsed;
  }

  /** Not every second: it is read out. */
  #setBusy(isBusy) {
    if (!this.#isRepeated) {
      this.#element.setAttribute('aria-busy', isBusy);
    }
  }

  /** Shows what is known, now or as soon as nobody holds a button down or copies from it. */
  render() {
    if (this.#isRepeated && (isPressed || this.#isBeingCopied)) {
      heldBack.add(this);
      return;
    }
    const open = [...this.#element.querySelectorAll('details')].map((details) => details.open);
    const isOld = this.#isRepeated && this.#known !== undefined && (this.#isFailing || this.#isAway);
    if (this.#isRepeated) {
      this.#element.dataset.old = isOld;
    }
    const isShown = this.#known !== undefined && this.#known.length !== 0;
    replaceContent(this.#element, this.#notices(isOld), isShown ? this.#content(this.#known, isOld ? this.#knownAt : undefined) : []);
    this.#element.querySelectorAll('details').forEach((details, i) => (details.open = open[i] ?? false));
  }

  #notices(isOld) {
    if (this.#isRepeated) {
      const words = isOld ? say('region.then', { time: timeOfDay(this.#knownAt) }) : this.#isFailing && say('region.failing');
      return words ? [element('p', { className: 'notice failing' }, words)] : [];
    }
    if (this.#isFailing) {
      return [this.#failure()];
    }
    if (!this.#known) {
      return [this.#notice('loading')];
    }
    return this.#known.length ? [] : [this.#notice('empty')];
  }

  #notice(state) {
    const { id, dataset } = this.#element;
    return element('p', { className: `notice ${state}` }, say(dataset[state] ?? `${id}.${state}`));
  }

  #failure() {
    const retry = element('button', { type: 'button', id: `${this.#element.id}-retry` }, say('region.retry'));
    retry.addEventListener('click', () => this.refresh());
    const failure = this.#notice('failing');
    failure.setAttribute('role', 'alert');
    return element('div', { className: 'failure' }, failure, retry);
  }
}
