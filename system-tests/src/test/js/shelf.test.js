import { ProductNames } from '/js/product-names.js';
import { Shelf } from '/js/shelf.js';
import { equal, test } from './cases.js';
import { withClock } from './clock.js';
import { json, nothing, withAnswers } from './server.js';

const PAGE = `
  <div id="product-search" hidden><input id="product-sought"><p id="product-search-hint"></p></div>
  <form><div id="products"></div></form>`;

const byId = (id) => document.getElementById(id);
const product = (productId, productNums = 5) => ({ productId, productName: `Tea ${productId}`, productNums });
const products = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => product(from + i));
const names = () => [...document.querySelectorAll('.product-name')].map(({ textContent }) => textContent);
const stocks = () => [...document.querySelectorAll('.product-stock')].map(({ textContent }) => textContent);
const chosen = () => Number(new FormData(document.querySelector('form')).get('productId'));

async function onAPage(answers, body, wanted = chosen) {
  const page = document.createElement('div');
  page.innerHTML = PAGE;
  document.body.append(page);
  try {
    await withAnswers(answers, (asked) =>
      withClock(async (clock) => {
        const shelf = new Shelf(new ProductNames(() => undefined), wanted);
        await body(shelf, clock, () => asked.map(({ url }) => url));
      }),
    );
  } finally {
    page.remove();
  }
}

async function search(text, clock) {
  byId('product-sought').value = text;
  byId('product-sought').dispatchEvent(new Event('input'));
  await clock.pass(250);
}

test('a small shop is shown as a whole, without a search', () =>
  onAPage([], async (shelf) => {
    shelf.accept({ products: products(1, 24) }, true);
    equal([names().length, byId('product-search').hidden], [24, true]);
    shelf.accept({ products: [product(25)] });
    equal([names().length, byId('product-search').hidden], [24, false]);
  }));

test('later events tell what has changed, a first one of a connection all', () =>
  onAPage([], async (shelf) => {
    shelf.accept({ products: products(2, 4) }, true);
    shelf.accept({ products: [product(3, 0), product(1)], gone: [4] });
    equal([names(), stocks()[2]], [['Tea 1', 'Tea 2', 'Tea 3'], 'Sold out']);
    shelf.accept({}, false);
    equal(names().length, 3);
    shelf.accept({ products: [product(7)] }, true);
    equal(names(), ['Tea 7']);
    shelf.accept({ products: [] }, true);
    equal(byId('products').textContent, 'There are no products yet.');
  }));

test('what is known stays while the product database is away', () =>
  onAPage([], async (shelf) => {
    shelf.accept({ products: products(1, 3) }, true);
    shelf.accept({}, true);
    equal(names().length, 3);
  }));

test('of many products a few are shown, and any is found', () =>
  onAPage([json(200, products(77_001, 77_002))], async (shelf, clock, asked) => {
    shelf.accept({ products: products(1, 200), moreProducts: true }, true);
    equal([names().length, byId('product-search').hidden], [24, false]);
    equal(byId('product-search-hint').textContent, 'Here are the first 24. Type a part of a name, or a number, to find any other.');
    await search('tea 77', clock);
    equal([names(), asked()], [['Tea 77001', 'Tea 77002'], ['api/products?search=tea+77&limit=24']]);
    shelf.accept({ products: [product(1, 0)], others: [product(77_002, 3)] });
    equal(
      [names(), stocks()],
      [
        ['Tea 77001', 'Tea 77002'],
        ['5 in stock', '3 in stock'],
      ],
    );
  }));

test('a server that tells all its products at once gets a few of them shown', () =>
  onAPage([], async (shelf) => {
    shelf.accept({ products: products(1, 150_000) }, true);
    equal([names().length, shelf.stockOf(150_000)], [24, 5]);
  }));

test('what is typed is searched for once, when it stays for a moment, and the last word counts', () =>
  onAPage([json(200, products(8, 8)), json(200, [], { Link: '</api/products?after=8>; rel="next"' })], async (shelf, clock, asked) => {
    shelf.accept({ products: products(1, 200), moreProducts: true }, true);
    for (const typed of ['t', 'te', 'tea']) {
      byId('product-sought').value = typed;
      byId('product-sought').dispatchEvent(new Event('input'));
      await clock.pass(100);
    }
    await clock.pass(300);
    equal(asked(), ['api/products?search=tea&limit=24']);
    await search('teapot', clock);
    equal(byId('products').textContent, 'No product is called so.');
    equal(byId('product-search-hint').textContent, 'These are the first 24 found. Type more of the name to find fewer.');
  }));

test('the chosen product stays in view and chosen, whatever is searched for', () =>
  onAPage([json(200, products(500, 501)), json(200, []), json(200, products(1, 200))], async (shelf, clock) => {
    shelf.accept({ products: products(1, 200), moreProducts: true }, true);
    byId('product-3').checked = true;
    await search('tea 5', clock);
    equal([names(), chosen()], [['Tea 3', 'Tea 500', 'Tea 501'], 3]);
    byId('product-501').checked = true;
    await search('nothing', clock);
    equal([names(), chosen()], [['Tea 501'], 501]);
    await search('', clock);
    equal([names().slice(0, 3), chosen(), shelf.stockOf(501)], [['Tea 501', 'Tea 1', 'Tea 2'], 501, 5]);
  }));

test('an open order’s product is there and chosen after a reload, wherever it stands in the shop', () =>
  onAPage(
    [json(200, products(1, 200)), json(200, [product(99_999)])],
    async (shelf, clock, asked) => {
      shelf.refresh();
      await clock.passUntil(() => names().length);
      equal([names()[0], chosen(), asked()[1]], ['Tea 99999', 99_999, 'api/products?id=99999']);
    },
    () => 99_999,
  ));

test('the stock of what was found is looked at again now and then, since nobody tells it', () =>
  onAPage([json(200, [product(500)]), json(200, [product(500, 2)]), nothing], async (shelf, clock, asked) => {
    shelf.accept({ products: products(1, 200), moreProducts: true }, true);
    await search('500', clock);
    await clock.pass(30_000);
    equal([stocks(), asked()[1]], [['2 in stock'], 'api/products?id=500']);
    await clock.pass(30_000);
    equal(stocks(), ['2 in stock'], 'without an answer');
  }));

test('Enter in the search places no order', () =>
  onAPage([json(200, [])], async (shelf, clock, asked) => {
    byId('product-sought').value = 'tea';
    const enter = new KeyboardEvent('keydown', { key: 'Enter', cancelable: true });
    byId('product-sought').dispatchEvent(enter);
    await clock.pass(0);
    equal([enter.defaultPrevented, asked()], [true, ['api/products?search=tea&limit=24']]);
  }));

test('names that nobody has told are asked for together, once, and again only after a failure', () =>
  withAnswers([nothing, json(200, [product(7)])], (asked) =>
    withClock(async (clock) => {
      let changes = 0;
      const known = new ProductNames(() => changes++);
      known.learn([product(1)]);
      equal([known.of(1), known.of(7), known.of(8), known.of(7)], ['Tea 1', 'Product 7', 'Product 8', 'Product 7']);
      await clock.pass(100);
      equal([asked.length, changes], [1, 0]);
      await clock.pass(10_000);
      equal([known.of(7), known.of(8), changes], ['Tea 7', 'Product 8', 1], 'the shop has no product 8');
      await clock.pass(60_000);
      equal(
        asked.map(({ url }) => url),
        Array(2).fill('api/products?id=7&id=8'),
      );
    }),
  ));
