import { say } from './language.js';

const FIELDS = ['productId', 'quantity', 'orderName'];

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
  }

  get content() {
    const entries = new FormData(this.#form);
    return {
      productId: Number(entries.get('productId')),
      orderName: entries.get('orderName').trim(),
      quantity: Number(entries.get('quantity')),
    };
  }

  set busy(busy) {
    // Not `disabled`, which would take the keyboard focus away from the button.
    this.#form.querySelector('button.primary').setAttribute('aria-disabled', busy);
  }

  /** Shows errors as the API tells them: field, and a detail unless the page found the error itself. */
  show(errors) {
    this.#errors = errors;
    this.render();
    const first = FIELDS.find((field) => this.#errorAt(field));
    if (first) {
      firstInput(first)?.focus();
    }
  }

  /** Makes room for the next order, unless the shopper is already writing it. */
  clear(placed) {
    const { orderName, quantity } = this.content;
    if (orderName === placed.orderName && quantity === placed.quantity) {
      byId('orderName').value = '';
      byId('quantity').value = byId('quantity').defaultValue;
    }
  }

  render() {
    byId('orderName-hint').textContent = say('orderName.hint', limits('orderName'));
    byId('quantity-hint').textContent = say('quantity.hint', limits('quantity'));
    FIELDS.forEach((field) => this.#renderError(field));
  }

  #renderError(field) {
    const error = this.#errorAt(field);
    byId(field).setAttribute('aria-invalid', Boolean(error));
    byId(`${field}-error`).textContent = error ? words(error) : '';
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
    this.#errors = this.#errors.filter((error) => error.field !== field);
    this.#renderError(field);
  }

  #errorAt(field) {
    return this.#errors.find((error) => error.field === field);
  }
}

const words = ({ field, detail }) =>
  detail ? say(`${field}.refused`, { detail }) : say(`${field}.invalid`, limits(field));

function limits(field) {
  const { min, max, maxLength } = byId(field);
  return field === 'quantity' ? { min: Number(min), max: Number(max) } : { max: maxLength };
}

const firstInput = (field) => (byId(field).matches('input') ? byId(field) : byId(field).querySelector('input:enabled'));
