import { listOrders, listProducts } from './api.js';
import { renderBooks, renderNoBooks } from './books.js';
import { say, translatePage } from './language.js';
import { LiveLine } from './live-line.js';
import { LiveStream } from './live-stream.js';
import { renderMasthead } from './masthead.js';
import { OrderForm } from './order-form.js';
import { Ordering } from './ordering.js';
import { orderList, updateOrderList } from './orders.js';
import { productCards, productName, updateProductCards } from './products.js';
import { Region } from './region.js';
import { renderResult, ticketAddress } from './result.js';

const ORDERS_SHOWN = 20;
/** While the page is so, the sum is as it says. */
const FRESH = ['live', 'reconnecting'];

const byId = (id) => document.getElementById(id);
const productNameOf = (productId) => productName(products.items, productId);

const form = new OrderForm(byId('order-form'), (content) => ordering.place(content));
const products = new Region(
  byId('products'),
  listProducts,
  (items) => productCards(items, form.content.productId || ordering.openOrder?.productId),
  updateProductCards,
);
const orders = new Region(
  byId('orders'),
  () => listOrders(ORDERS_SHOWN),
  (items) => orderList(items, productNameOf),
  (region, items) => updateOrderList(region, items, productNameOf),
);
const ordering = new Ordering(outcomeReported);
const stream = new LiveStream('api/live', {
  event: 'shop',
  received: shopReceived,
  poll: pollShop,
  changed: renderLive,
});
const liveLine = new LiveLine(byId('live'), byId('live-announcement'));
let outcome;
let books;
let away = [];

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
  if (outcome.kind === 'ticket-given') {
    form.clear(outcome.ticket);
    location.assign(ticketAddress(outcome.ticket));
    return;
  }
  if (outcome.kind === 'placed') {
    form.clear(outcome.order);
  }
  form.show(outcome.errors ?? []);
  byId('result').scrollIntoView({ block: 'nearest' });
  refresh(); // at once, though the stream will tell it soon: this shopper is waiting for it
}

function refresh() {
  products.refresh();
  orders.refresh();
}

function shopReceived(shop) {
  announceSoldOut(shop.products);
  away = shop.away;
  if (shop.products) {
    products.accept(shop.products);
  }
  if (shop.orders) {
    orders.accept(shop.orders);
  }
  if (shop.books) {
    announceContradiction(shop.books);
    books = shop.books;
    showBooks();
  }
}

function showBooks() {
  const isKnownNow = byId('books').dataset.fresh === 'true';
  const heading = byId('books-heading');
  heading.dataset.text = !books ? 'books.heading.unknown' : books.missing ? 'books.heading.wrong' : isKnownNow ? 'books.heading' : 'books.heading.then';
  heading.textContent = say(heading.dataset.text);
  if (books) {
    renderBooks(byId('books-content'), books, isKnownNow);
  } else {
    renderNoBooks(byId('books-content'));
  }
}

/** Quietly: what cannot be fetched now stays as it is, and the line says how old that is. */
async function pollShop() {
  try {
    const [listedProducts, listedOrders] = await Promise.all([listProducts(), listOrders(ORDERS_SHOWN)]);
    products.accept(listedProducts);
    orders.accept(listedOrders);
    return true;
  } catch {
    return false;
  }
}

/** Only of the product the shopper has chosen. */
function announceSoldOut(received = []) {
  const { productId } = form.content;
  const stockIn = (items) => items.find((product) => product.productId === productId)?.productNums;
  if (stockIn(products.items) > 0 && stockIn(received) === 0) {
    liveLine.announce(say('products.justSoldOut', { product: productNameOf(productId) }));
  }
}

function announceContradiction({ missing }) {
  if (Boolean(missing) !== Boolean(books?.missing)) {
    liveLine.announce(say(missing ? 'books.wrong.aloud' : 'books.even.aloud'));
  }
}

function renderLive() {
  const { state } = stream;
  const wasFresh = byId('books').dataset.fresh;
  byId('books').dataset.fresh = FRESH.includes(state.kind) && !away.length;
  liveLine.show(state, away);
  if (state.kind === 'polling') {
    books = undefined; // lists are fetched, the sum is not: an old one beside new lists would mislead
    showBooks();
  } else if (books && wasFresh !== byId('books').dataset.fresh) {
    showBooks();
  }
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
  if (books) {
    showBooks();
  }
  renderLive();
  renderOutcome();
}

function resume() {
  if (ordering.openOrder) {
    form.fill(ordering.openOrder);
    ordering.check();
  }
}

// Orders mention products by name. So does the result, but it would be read out again at every refresh.
byId('products').addEventListener('refreshed', () => orders.renew());
byId('products').addEventListener('refreshed', renderOutcome, { once: true });
render();
refresh();
resume();
stream.start();
