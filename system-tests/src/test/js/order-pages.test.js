import { OrderPages } from '/js/order-pages.js';
import { refreshSession } from '/js/session.js';
import { equal, test } from './cases.js';
import { json, problem, withAnswers } from './server.js';

const PAGE = `
  <h2 id="orders-heading"></h2>
  <form id="order-search"><input id="order-sought"><button></button><p id="order-search-hint"></p><p id="order-search-error"></p></form>
  <div id="orders"></div>
  <button id="orders-newer"></button><button id="orders-older"></button>`;

const byId = (id) => document.getElementById(id);
const order = (n) => ({ orderId: `o${n}`, orderName: `Order ${n}`, productId: 1, quantity: 1, createTime: '2026-01-01T10:00:00Z' });
const orders = (from, to) => Array.from({ length: from - to + 1 }, (_, i) => order(from - i));
const session = (operator) => json(200, { operator, csrfToken: null, demo: false });

/** What the page shows: its heading, how many orders of which the first is, and the steps that can be taken. */
const seen = () => [
  byId('orders-heading').textContent,
  document.querySelectorAll('.placed-order').length,
  document.querySelector('.order-name')?.textContent ?? byId('orders').textContent,
  ...[byId('orders-newer'), byId('orders-older')].filter(({ hidden }) => !hidden).map(({ textContent }) => textContent),
];

/** On a page with a list of orders; each of the answers comes to what it asks for. */
async function withPages(answers, body) {
  const page = document.createElement('div');
  page.innerHTML = PAGE;
  document.body.append(page);
  try {
    await withAnswers(answers, async (asked) => {
      const pages = new OrderPages(() => 'Tea');
      pages.render();
      await body(pages, asked.splice.bind(asked));
    });
  } finally {
    await withAnswers([session(null)], refreshSession);
    page.remove();
  }
}

const shown = () => new Promise((resume) => byId('orders').addEventListener('refreshed', resume, { once: true }));

function clicked(id) {
  byId(id).click();
  return shown();
}

function search(text) {
  byId('order-sought').value = text;
  byId('order-sought').dispatchEvent(new Event('input', { bubbles: true }));
  byId('order-search').requestSubmit();
}

test('orders are paged from the newest to the oldest and back, and what is live disturbs no older page', () => {
  const next = { Link: '</api/orders?limit=20&before=o11>; rel="next"' };
  return withPages([json(200, orders(30, 11), next), json(200, orders(10, 1)), json(200, orders(31, 12))], async (pages, takeAsked) => {
    pages.accept(orders(50, 31));
    equal(seen(), ['Newest orders', 20, 'Order 50', 'Older orders']);
    await clicked('orders-older');
    equal(seen(), ['Older orders', 20, 'Order 30', 'Newer orders', 'Older orders']);
    byId('orders-older').focus();
    await clicked('orders-older');
    equal([...seen(), document.activeElement.id], ['Older orders', 10, 'Order 10', 'Newer orders', 'orders-newer']);
    pages.accept(orders(60, 41));
    equal(seen()[2], 'Order 10');
    await clicked('orders-newer');
    equal(seen().slice(0, 3), ['Older orders', 20, 'Order 31']);
    equal(
      takeAsked(0).map(({ url }) => url),
      ['api/orders?limit=20&before=o31', '/api/orders?limit=20&before=o11', 'api/orders?limit=20&before=o31'],
    );
  });
});

test('a shop with few orders has one page', () =>
  withPages([], async (pages) => {
    pages.accept(orders(19, 1));
    equal(seen(), ['Newest orders', 19, 'Order 19']);
  }));

test('an operator finds orders by name, and comes back to the newest', () =>
  withPages([session('operator'), json(200, orders(3, 3)), json(200, []), json(200, orders(9, 8))], async (pages, takeAsked) => {
    await refreshSession();
    equal(byId('order-search-hint').textContent, 'By its order number, or by a part of its name.');
    search(' Tea & co ');
    await shown();
    equal(seen(), ['Orders found by name', 1, 'Order 3', 'Back to the newest orders']);
    pages.accept(orders(9, 8));
    equal(seen()[2], 'Order 3', 'what is live comes later');
    search('Nothing');
    await shown();
    equal(seen(), ['Orders found by name', 0, 'No order is called so.', 'Back to the newest orders']);
    await clicked('orders-newer');
    equal([...seen(), byId('order-sought').value], ['Newest orders', 2, 'Order 9', '']);
    equal(
      takeAsked(1).map(({ url }) => url),
      ['api/orders?limit=20&name=Tea+%26+co', 'api/orders?limit=20&name=Nothing', 'api/orders?limit=20'],
    );
  }));

test('anybody else finds them by their number alone, and hears so', () =>
  withPages([json(200, orders(2, 1))], async (pages, takeAsked) => {
    pages.accept(orders(2, 1));
    equal(byId('order-search-hint').textContent, 'By its order number. Operators find it by its name, too.');
    search('Tea');
    equal(byId('order-search-error').textContent, 'This is no order number: one has 36 characters. Only operators find orders by name.');
    equal([byId('order-sought').getAttribute('aria-invalid'), takeAsked(0)], ['true', []]);
    search('');
    await shown();
    equal([byId('order-search-error').textContent, seen()[0]], ['', 'Newest orders']);
  }));

test('a page that cannot be read says so, and leaves what was there', () =>
  withPages([problem(503, 'unavailable')], async (pages) => {
    pages.accept(orders(50, 31));
    await clicked('orders-older');
    equal([seen()[1], byId('orders').querySelector('[role=alert]').textContent], [20, 'The orders cannot be loaded: the shop does not answer.']);
  }));
