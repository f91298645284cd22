import { pageOfProducts, productsOf } from './api.js';
import { setText } from './element.js';
import { say } from './language.js';
import { productCards, updateProductCards } from './products.js';
import { Region } from './region.js';

/** So many can be looked through; all others are searched for. */
const SHOWN = 24;
const TYPING_MILLIS = 200;
const LOOK_AGAIN_MILLIS = 30_000;

const byId = (id) => document.getElementById(id);

/** The products to choose from: the first ones, or those that were searched for, and always the chosen one. */
export class Shelf {
  #region;
  #search = byId('product-search');
  #input = byId('product-sought');
  #hint = byId('product-search-hint');
  #names;
  #chosen;
  /** The first products of the shop, by id, as far as the server tells them by itself. */
  #first = new Map();
  #hasMore = false;
  /** Products beyond the first that are shown. */
  #others = new Map();
  #sought = '';
  #hasMoreFound = false;
  #typing;

  /** `names` learns what products are called; `chosen` tells the id of the one that must stay in view, if there is one. */
  constructor(names, chosen) {
    this.#names = names;
    this.#chosen = chosen;
    this.#region = new Region(
      byId('products'),
      () => this.#load(),
      (items) => productCards(this.#asNow(items), chosen()),
      { update: (region, items) => updateProductCards(region, this.#asNow(items), chosen()) },
    );
    byId('products').addEventListener('refreshed', () => this.#renderSearch());
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') {
        event.preventDefault(); // which would place an order
        this.#seek();
      }
    });
    setInterval(() => this.#lookAgain(), LOOK_AGAIN_MILLIS);
  }

  /** The pieces in stock of a product, undefined if that is not known here. */
  stockOf(productId) {
    return this.#known(productId)?.productNums;
  }

  refresh() {
    this.#region.refresh();
  }

  /** What the shop tells by itself: first all, later what has changed. */
  accept({ products, gone = [], others = [], moreProducts }, isFirst) {
    if (isFirst && products) {
      this.#first.clear();
    }
    if (isFirst || moreProducts !== undefined) {
      this.#hasMore = Boolean(moreProducts);
    }
    gone.forEach((productId) => this.#first.delete(productId));
    this.#put(this.#first, products ?? []);
    this.#put(
      this.#others,
      others.filter(({ productId }) => this.#others.has(productId)),
    );
    this.#names.learn(others);
    if (this.#sought) {
      this.#region.renew();
    } else if (this.#first.size || products) {
      this.#region.accept(this.#withChosen(this.#firstShown()));
    }
  }

  /** The first products, asked for. */
  async poll() {
    const { items, next } = await pageOfProducts({});
    this.accept({ products: items, moreProducts: Boolean(next) }, true);
  }

  render() {
    this.#region.render();
    this.#renderSearch();
  }

  async #load() {
    const [sought, chosen] = [this.#sought, this.#chosen()];
    const { items, next } = await pageOfProducts(sought ? { search: sought, limit: SHOWN } : {});
    const strange = chosen && !this.#known(chosen) && !items.some(({ productId }) => productId === chosen);
    const more = strange ? await productsOf([chosen]) : [];
    if (sought === this.#sought) {
      this.#take(items, Boolean(next));
    }
    this.#put(this.#others, more);
    return this.#withChosen(sought ? items : this.#firstShown());
  }

  #take(items, hasMore) {
    if (this.#sought) {
      const kept = this.#known(this.#chosen());
      this.#others.clear();
      this.#put(this.#others, kept ? [...items, kept] : items);
      this.#hasMoreFound = hasMore;
    } else {
      this.#first.clear();
      this.#put(this.#first, items);
      this.#hasMore = hasMore;
    }
  }

  #put(shelf, products) {
    products.forEach((product) => shelf.set(product.productId, product));
    this.#names.learn(products);
  }

  #known(productId) {
    return this.#first.get(productId) ?? this.#others.get(productId);
  }

  #asNow(items) {
    return items.map((item) => this.#known(item.productId) ?? item);
  }

  #firstShown() {
    return [...this.#first.values()].sort((a, b) => a.productId - b.productId).slice(0, SHOWN);
  }

  #withChosen(items) {
    const chosen = this.#known(this.#chosen());
    return !chosen || items.some(({ productId }) => productId === chosen.productId) ? items : [chosen, ...items];
  }

  #typed() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#seek(), TYPING_MILLIS);
  }

  #seek() {
    clearTimeout(this.#typing);
    const sought = this.#input.value.trim();
    if (sought !== this.#sought) {
      this.#sought = sought;
      byId('products').dataset.empty = sought ? 'products.noneFound' : 'products.empty';
      this.refresh();
    }
  }

  /** What is shown beyond the first products may change without a word. */
  async #lookAgain() {
    const ids = [...this.#others.keys()].filter((id) => !this.#first.has(id));
    if (ids.length && !document.hidden) {
      this.#put(this.#others, await productsOf(ids).catch(() => []));
      this.#region.renew();
    }
  }

  #renderSearch() {
    const isAll = !this.#hasMore && this.#first.size <= SHOWN;
    this.#search.hidden = isAll && !this.#sought;
    setText(this.#hint, this.#advice());
  }

  #advice() {
    if (!this.#sought) {
      return say('products.search.hint', { count: SHOWN });
    }
    return this.#hasMoreFound ? say('products.search.more', { count: SHOWN }) : '';
  }
}
