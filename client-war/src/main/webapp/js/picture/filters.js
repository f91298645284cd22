import { element, replaceContent } from '../element.js';
import { say } from '../language.js';

const KINDS = ['all', 'orders', 'tickets'];
const OUTCOMES = ['all', 'committed', 'aborted', 'doubt'];

/** The list's filter: orders or tickets, by outcome, by product, slowest first. `changed` is called with the new one. */
export class Filters {
  #region;
  #filter;
  #changed;

  constructor(region, filter, changed) {
    this.#region = region;
    this.#filter = filter;
    this.#changed = changed;
  }

  render(productIds, productNameOf) {
    replaceContent(this.#region, this.#pills('kind', KINDS), this.#pills('outcome', OUTCOMES), this.#products(productIds, productNameOf), this.#slowest());
  }

  #change(change) {
    this.#filter = { ...this.#filter, ...change };
    this.#changed(this.#filter);
  }

  /** One choice among a few, kept under this name in the filter. */
  #pills(name, values) {
    const choices = values.map((value) => {
      const input = element('input', { type: 'radio', name, id: `${name}-${value}`, value });
      input.checked = value === this.#filter[name];
      input.addEventListener('change', () => this.#change({ [name]: value }));
      return element('label', { className: 'pill' }, input, element('span', {}, say(`picture.filter.${name}.${value}`)));
    });
    const legend = element('legend', { className: 'unseen' }, say(`picture.filter.${name}`));
    return element('fieldset', { className: 'pills' }, legend, ...choices);
  }

  #products(productIds, productNameOf) {
    const select = element(
      'select',
      { id: 'filter-product' },
      new Option(say('picture.filter.anyProduct'), 0),
      ...productIds.map((id) => new Option(productNameOf(id), id)),
    );
    select.value = String(this.#filter.productId);
    select.setAttribute('aria-label', say('picture.filter.product'));
    select.addEventListener('change', () => this.#change({ productId: Number(select.value) }));
    return select;
  }

  #slowest() {
    const input = element('input', { type: 'checkbox', id: 'filter-slowest' });
    input.checked = this.#filter.isSlowest;
    input.addEventListener('change', () => this.#change({ isSlowest: input.checked }));
    return element('label', { className: 'check' }, input, say('picture.filter.slowest'));
  }
}
