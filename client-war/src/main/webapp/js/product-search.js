import { pageOfProducts } from './api.js';

const FOUND_MAX = 200;

/** Which products a text may mean, in the place of the console's file of this name: the shop is asked for those whose names fit it, and what shows them need not wait for the answer. */
export class ProductSearch {
  #names;
  #found;
  #text = '';
  #ids = [];

  /** `names` learns what they are called; `found` is called once some have been found. */
  constructor(names, found) {
    this.#names = names;
    this.#found = found;
  }

  /** The ids of those that fit, as far as the shop has told. */
  like(text) {
    if (text !== this.#text) {
      this.#text = text;
      this.#ids = [];
      if (text) {
        this.#seek(text);
      }
    }
    return this.#ids;
  }

  async #seek(text) {
    const found = await pageOfProducts({ search: text, limit: FOUND_MAX }).catch(() => undefined);
    if (text !== this.#text) {
      return; // Another text is meant by now.
    }
    if (!found) {
      this.#text = ''; // Who asks again makes another attempt.
      return;
    }
    this.#names.learn(found.items);
    this.#ids = found.items.map(({ productId }) => productId);
    if (this.#ids.length) {
      this.#found();
    }
  }
}
