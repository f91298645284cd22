import { renderBooks, renderNoBooks } from './books.js';
import { say, translatePage } from './language.js';
import { ticketAddress } from './links.js';
import { LiveLine } from './live-line.js';
import { LiveStream } from './live-stream.js';
import { renderMasthead } from './masthead.js';
import { OrderForm } from './order-form.js';
import { OrderPages } from './order-pages.js';
import { Ordering } from './ordering.js';
import { PAGES } from './pages.js';
import { ProductNames } from './product-names.js';
import { renderResult } from './result.js';
import { Shelf } from './shelf.js';
import './strings/journal.js';
import './strings/shop.js';

/** While the page is so, the sum is as it says. */
const FRESH = ['live', 'reconnecting'];

const byId = (id) => document.getElementById(id);

const names = new ProductNames(() => orders.renew());
const form = new OrderForm(byId('order-form'), (content) => ordering.place(content));
const shelf = new Shelf(names, () => form.content.productId || ordering.openOrder?.productId);
const orders = new OrderPages(names.of);
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
  shelf.refresh();
  orders.refresh();
}

/** The first event of a connection tells all that is known, a later one what has changed. */
function shopReceived(shop, isFirst) {
  const { productId } = form.content;
  const before = shelf.stockOf(productId);
  away = shop.away;
  shelf.accept(shop, isFirst);
  announceSoldOut(productId, before);
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
    await Promise.all([shelf.poll(), orders.poll()]);
    return true;
  } catch {
    return false;
  }
}

/** Only of the product the shopper has chosen. */
function announceSoldOut(productId, before) {
  if (before > 0 && shelf.stockOf(productId) === 0) {
    liveLine.announce(say('products.justSoldOut', { product: names.of(productId) }));
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
    renderResult(byId('result'), outcome, names.of, {
      retry: () => ordering.retry(),
      check: () => ordering.check(),
    });
  }
}

function render() {
  translatePage();
  renderMasthead(PAGES, render);
  form.render();
  shelf.render();
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
