import { say } from './language.js';
import { HAS_TICKETS } from './offers.js';

/** The fields that show their own errors. */
export const FIELDS = ['productId', 'quantity', 'orderName'];

const byId = (id) => document.getElementById(id);

/** The form that says what to order. It knows the limits and shows at each field what is wrong there. */
export class OrderForm {
  #form;
  #errors = [];

  /** `place` receives the content of an order that keeps the limits. */
  constructor(form, place) {
    this.#form = form;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit(place);
    });
    form.addEventListener('input', ({ target }) => this.#forgive(target.name));
    byId('way').hidden = !HAS_TICKETS;
    byId('way').addEventListener('change', () => this.#renderWay());
  }

  get content() {
    const entries = new FormData(this.#form);
    return {
      way: entries.get('way'),
      productId: Number(entries.get('productId')),
      orderName: entries.get('orderName').trim(),
      quantity: Number(entries.get('quantity')),
    };
  }

  set busy(busy) {
    // Not `disabled`, which would take the keyboard focus away from the button.
    this.#form.querySelector('button.primary').setAttribute('aria-disabled', busy);
  }

  /** Shows at each field named in errors, by the page itself or by the API, which limits it has to keep. */
  show(errors) {
    this.#errors = errors;
    this.render();
    const first = FIELDS.find((field) => this.#errorAt(field));
    if (first) {
      firstInput(first)?.focus();
    }
  }

  /** Fills in what an order says, but for the product: that is chosen where the products are rendered. */
  fill({ orderName, quantity, way }) {
    byId('orderName').value = orderName;
    byId('quantity').value = quantity;
    this.#form.elements.way.value = way;
    this.#renderWay();
  }

  /** Makes room for the next order, unless the shopper is already writing it. */
  clear(placed) {
    const { orderName, quantity, way } = this.content;
    if (orderName === placed.orderName && quantity === placed.quantity) {
      this.fill({ orderName: '', quantity: byId('quantity').defaultValue, way });
    }
  }

  render() {
    byId('orderName-hint').textContent = say('orderName.hint', limits('orderName'));
    byId('quantity-hint').textContent = say('quantity.hint', limits('quantity'));
    FIELDS.forEach((field) => this.#renderError(field));
    this.#renderWay();
  }

  /** What the button does and promises. */
  #renderWay() {
    const { way } = this.content;
    this.#form.querySelector('button.primary').textContent = say(`order.place.${way}`);
    byId('promise').textContent = say(`order.promise.${way}`);
  }

  #renderError(field) {
    const error = this.#errorAt(field);
    byId(field).setAttribute('aria-invalid', Boolean(error));
    byId(`${field}-error`).textContent = error ? say(`${field}.invalid`, limits(field)) : '';
  }

  #submit(place) {
    const { productId, orderName } = this.content;
    const invalid = { productId: !productId, orderName: !orderName, quantity: !byId('quantity').validity.valid };
    const errors = FIELDS.filter((field) => invalid[field]).map((field) => ({ field }));
    this.show(errors);
    if (!errors.length) {
      place(this.content);
    }
  }

  #forgive(field) {
    if (FIELDS.includes(field)) {
      this.#errors = this.#errors.filter((error) => error.field !== field);
      this.#renderError(field);
    }
  }

  #errorAt(field) {
    return this.#errors.find((error) => error.field === field);
  }
}

function limits(field) {
  const { min, max, maxLength } = byId(field);
  return field === 'quantity' ? { min: Number(min), max: Number(max) } : { max: maxLength };
}

const firstInput = (field) => (byId(field).matches('input') ? byId(field) : byId(field).querySelector('input:enabled'));
