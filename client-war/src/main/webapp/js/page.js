import { listOrders, listProducts } from './api.js';
import { translatePage } from './language.js';
import { renderMasthead } from './masthead.js';
import { OrderForm } from './order-form.js';
import { Ordering } from './ordering.js';
import { orderList } from './orders.js';
import { productCards, productName } from './products.js';
import { Region } from './region.js';
import { renderResult } from './result.js';

const ORDERS_SHOWN = 20;

const byId = (id) => document.getElementById(id);
const productNameOf = (productId) => productName(products.items, productId);

const form = new OrderForm(byId('order-form'), (content) => ordering.place(content));
const products = new Region(byId('products'), listProducts, (items) =>
  productCards(items, form.content.productId || ordering.openOrder?.productId),
);
const orders = new Region(
  byId('orders'),
  () => listOrders(ORDERS_SHOWN),
  (items) => orderList(items, productNameOf),
);
const ordering = new Ordering(outcomeReported);
let outcome;

function outcomeReported(reported) {
  outcome = reported;
  const underWay = outcome.kind === 'placing' || outcome.kind === 'asking';
  form.busy = underWay;
  renderOutcome();
  if (!underWay) {
    orderEnded();
  }
}

function orderEnded() {
  if (outcome.kind === 'placed') {
    form.clear(outcome.order);
  }
  form.show(outcome.errors ?? []);
  byId('result').scrollIntoView({ block: 'nearest' });
  refresh();
}

function refresh() {
  products.refresh();
  orders.refresh();
}

function renderOutcome() {
  if (outcome) {
    renderResult(byId('result'), outcome, productNameOf, {
      retry: () => ordering.retry(),
      check: () => ordering.check(),
    });
  }
}

function render() {
  translatePage();
  renderMasthead(render);
  form.render();
  products.render();
  orders.render();
  renderOutcome();
}

function resume() {
  if (ordering.openOrder) {
    form.fill(ordering.openOrder);
    ordering.check();
  }
}

// Orders mention products by name. So does the result, but it would be read out again at every refresh.
byId('products').addEventListener('refreshed', () => orders.render());
byId('products').addEventListener('refreshed', renderOutcome, { once: true });
render();
refresh();
resume();
