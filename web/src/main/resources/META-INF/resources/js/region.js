import { element, replaceContent } from './element.js';
import { say } from './language.js';

/**
 * A part of the page that shows a list from the API, and says so while it is loading, empty or failing.
 * What was loaded stays in view when a later refresh fails.
 */
export class Region {
  #element;
  #load;
  #content;
  #update;
  #items;
  #failing = false;
  #latest = 0;

  /**
   * The element's id is also the first word of the region's strings, unless it names one itself, such as in `data-empty`; `content` makes the nodes that show items, `update` changes them
   * in place.
   */
  constructor(element, load, content, update) {
    this.#element = element;
    this.#load = load;
    this.#content = content;
    this.#update = update;
  }

  get items() {
    return this.#items ?? [];
  }

  async refresh() {
    const refresh = ++this.#latest;
    this.#element.setAttribute('aria-busy', 'true');
    const { items, failing } = await this.#load().then(
      (loaded) => ({ items: loaded, failing: false }),
      () => ({ items: this.#items, failing: true }),
    );
    if (refresh !== this.#latest) {
      return; // A younger refresh knows better.
    }
    this.#show(items, failing);
  }

  /** Shows items that came by another way; a refresh under way knows less. */
  accept(items) {
    this.#latest++;
    this.#show(items, false);
  }

  /** Shows the same items once more, since they are called something else now. */
  renew() {
    if (this.#isListed) {
      this.#update(this.#element, this.items);
    }
  }

  #show(items, failing) {
    const inPlace = this.#isListed && items?.length && !failing;
    this.#items = items;
    this.#failing = failing;
    this.#element.setAttribute('aria-busy', 'false');
    if (inPlace) {
      this.#update(this.#element, items);
    } else {
      this.render();
    }
    this.#element.dispatchEvent(new Event('refreshed'));
  }

  get #isListed() {
    return this.items.length > 0 && !this.#failing;
  }

  render() {
    replaceContent(this.#element, this.#notices(), this.items.length ? this.#content(this.items) : []);
  }

  #notices() {
    if (this.#failing) {
      return [this.#failure()];
    }
    if (!this.#items) {
      return [this.#notice('loading')];
    }
    return this.#items.length ? [] : [this.#notice('empty')];
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
