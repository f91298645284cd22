import { carry, inAddress } from '../address.js';
import { element, replaceContent } from '../element.js';
import { say } from '../language.js';
import { HAS_TICKETS } from '../offers.js';

const KINDS = ['all', 'orders', 'tickets'];
const OUTCOMES = ['all', 'committed', 'aborted', 'doubt'];

/** The filter that the address carries; what it cannot mean counts as all. */
export function filterInAddress() {
  const oneOf = (name, values) => values.find((value) => value === inAddress(name)) ?? 'all';
  return {
    kind: oneOf('kind', KINDS),
    outcome: oneOf('outcome', OUTCOMES),
    productId: Number.parseInt(inAddress('product'), 10) || 0,
    isSlowest: inAddress('slowest') === 'true',
  };
}

/** Has the address carry the filter. */
export const carryFilter = ({ kind, outcome, productId, isSlowest }) =>
  carry({ kind: kind === 'all' ? '' : kind, outcome: outcome === 'all' ? '' : outcome, product: productId, slowest: isSlowest && 'true' });

/** Whether it lets anything but all through, in the usual order. */
export const isFiltering = ({ kind, outcome, productId, isSlowest }) => kind !== 'all' || outcome !== 'all' || productId !== 0 || isSlowest;

/** The list's filter: orders or tickets, by outcome, by product, slowest first; what there is none of, nobody can choose. `changed` is called with the new one. */
export class Filters {
  #region;
  #filter;
  #changed;

  constructor(region, changed) {
    this.#region = region;
    this.#changed = changed;
  }

  render(filter, productIds, productNameOf) {
    this.#filter = filter;
    replaceContent(
      this.#region,
      ...(HAS_TICKETS ? [this.#pills('kind', KINDS)] : []),
      this.#pills('outcome', OUTCOMES),
      ...(productIds.length || filter.productId ? [this.#products(productIds, productNameOf)] : []),
      this.#slowest(),
    );
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

  /** The chosen one can be chosen even if nothing of it is known yet. */
  #products(productIds, productNameOf) {
    const { productId } = this.#filter;
    const ids = productId && !productIds.includes(productId) ? [...productIds, productId] : productIds;
    const select = element(
      'select',
      { id: 'filter-product' },
      new Option(say('picture.filter.anyProduct'), 0),
      ...ids.map((id) => new Option(productNameOf(id), id)),
    );
    select.value = String(productId);
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
