import { productsOf } from './api.js';
import { say } from './language.js';

const TOGETHER_MILLIS = 100;
const AGAIN_MILLIS = 10_000;
const ASKED_MAX = 200;
const KNOWN_MAX = 5_000;

/** What products are called, in the place of the console's file of this name, of however many there are: names that somebody needs and nobody has told yet are asked for, many at once. */
export class ProductNames {
  /** Names, or undefined of products that the shop does not have. */
  #known = new Map();
  #wanted = new Set();
  #timer;
  #changed;

  /** `changed` is called once names have come that were asked for. */
  constructor(changed) {
    this.#changed = changed;
  }

  /** The name; until it is known, and of a product that there is not, the number in words. */
  of = (productId) => {
    if (!this.#known.has(productId)) {
      this.#wanted.add(productId);
      this.#timer ??= setTimeout(() => this.#ask(), TOGETHER_MILLIS);
    }
    return this.#known.get(productId) ?? say('products.unnamed', { id: productId });
  };

  learn(products) {
    for (const { productId, productName } of products) {
      this.#keep(productId, productName);
    }
  }

  async #ask() {
    this.#timer = undefined;
    const ids = [...this.#wanted].filter((id) => !this.#known.has(id)).slice(0, ASKED_MAX);
    this.#wanted.clear(); // who is left out is wanted again once the page shows it anew
    if (!ids.length) {
      return;
    }
    try {
      const products = await productsOf(ids);
      ids.forEach((id) => this.#keep(id, undefined));
      this.learn(products);
      this.#changed();
    } catch {
      ids.forEach((id) => this.#wanted.add(id));
      this.#timer ??= setTimeout(() => this.#ask(), AGAIN_MILLIS);
    }
  }

  /** The ones learnt first are forgotten first. */
  #keep(productId, name) {
    this.#known.delete(productId);
    this.#known.set(productId, name);
    if (this.#known.size > KNOWN_MAX) {
      this.#known.delete(this.#known.keys().next().value);
    }
  }
}
