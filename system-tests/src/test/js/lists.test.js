import { copyable } from '/js/copy.js';
import { element, replaceContent } from '/js/element.js';
import { renderFacts } from '/js/facts.js';
import { keyed, reconcile, renew } from '/js/in-place.js';
import { orderAddress, pictureAddress, ticketAddress } from '/js/links.js';
import { orderList, updateOrderList } from '/js/orders.js';
import { ProductNames } from '/js/product-names.js';
import { productCards, updateProductCards } from '/js/products.js';
import { renderResult } from '/js/result.js';
import { equal, holds, inEach, test } from './cases.js';
import { withClock } from './clock.js';

function listOf(...keys) {
  const list = document.createElement('ul');
  const bring = (wanted) =>
    reconcile(list, wanted, {
      keyOf: (key) => key,
      make: (key) => keyed(document.createElement('li'), key),
      update: (entry) => (entry.dataset.updated = 'yes'),
    });
  bring(keys);
  return { list, bring, keys: () => [...list.children].map(({ dataset }) => dataset.key) };
}

/** More than a call can have arguments. */
const VERY_MANY = 200_000;

test('an element and a region take however long a list', () => {
  const words = Array(VERY_MANY).fill('-');
  equal(element('p', {}, 'a', words, 'b').childNodes.length, VERY_MANY + 2);
  const region = document.createElement('p');
  replaceContent(region, words, ['a', 'b']);
  equal(region.childNodes.length, VERY_MANY + 2);
});

test('a list is brought in line, and what stays is the same entry', () => {
  const { list, bring, keys } = listOf(1, 2, 3);
  const [, second, third] = list.children;
  bring([3, 2, 4]);
  equal(keys(), ['3', '2', '4']);
  equal([list.children[0] === third, list.children[1] === second], [true, true]);
  equal(
    [...list.children].map(({ dataset }) => dataset.updated),
    ['yes', 'yes', undefined],
  );
  bring([]);
  equal(keys(), []);
});

test('a few newcomers are seen to arrive, many at once are not', () => {
  const arriving = ({ list }) => list.querySelectorAll('.arriving').length;
  const few = listOf(1, 2, 3, 4);
  equal(arriving(few), 0);
  few.bring([7, 6, 5, 1, 2, 3, 4]);
  equal(arriving(few), 3);
  few.bring([11, 10, 9, 8, 1, 2, 3, 4]);
  equal(arriving(few), 0);
});

test('a text lights up when it changes, not when it comes, and not when it stays', () => {
  const text = document.createElement('span');
  const lit = (words) => {
    renew(text, words);
    const isLit = text.classList.contains('renewed');
    text.dispatchEvent(new Event('animationend'));
    return isLit;
  };
  equal([lit('1'), lit('1'), lit('2'), lit('2'), lit('3')], [false, false, true, false, true]);
  equal(text.className, '');
});

const TEA = { productId: 1, productName: 'Tea', productNums: 1200 };
const SOLD = { productId: 2, productName: 'Mug', productNums: 0 };

function cardsOf(products, selectedId) {
  const region = document.createElement('div');
  region.append(...productCards(products, selectedId));
  const seen = () =>
    [...region.querySelectorAll('li')].map((card) => {
      const { disabled, checked } = card.querySelector('input');
      return [card.textContent, disabled && 'disabled', checked && 'checked'].filter(Boolean).join(' ');
    });
  return { region, seen };
}

test('what is sold out cannot be chosen, and stays chosen only if it was', () => {
  equal(cardsOf([TEA, SOLD], 2).seen(), ['Tea1,200 in stock', 'MugSold out disabled']);
  const { region, seen } = cardsOf([TEA, { ...SOLD, productNums: 1 }], 2);
  equal(seen()[1], 'Mug1 in stock checked');
  updateProductCards(region, [{ ...TEA, productNums: 0 }, SOLD]);
  equal(seen(), ['TeaSold out disabled', 'MugSold out checked']);
  updateProductCards(region, [TEA, { ...SOLD, productNums: 5 }]);
  equal(seen(), ['Tea1,200 in stock', 'Mug5 in stock checked']);
});

test('a bar shows what is left of all that ever came to the shop, and nothing where that is not known', () => {
  const { region } = cardsOf([
    { ...TEA, productInitial: 4800 },
    { ...SOLD, productInitial: 0 },
    { ...TEA, productId: 3 },
  ]);
  const bars = () => [...region.querySelectorAll('.stock-bar')].map(({ hidden, firstChild }) => (hidden ? 'none' : firstChild.style.width));
  equal(bars(), ['25%', '0%', 'none']);
  updateProductCards(region, [
    { ...TEA, productNums: 5000, productInitial: 4800 },
    { ...TEA, productId: 4, productInitial: 2400 },
  ]);
  equal(bars(), ['100%', '50%']);
});

test('a product without a name has a number', () => {
  const names = new ProductNames(() => undefined);
  names.learn([TEA]);
  return withClock(async () =>
    equal(
      inEach(() => [names.of(1), names.of(9)]),
      { en: ['Tea', 'Product 9'], zh: ['Tea', '商品 9'] },
    ),
  );
});

const order = (orderId, quantity) => ({ orderId, orderName: 'Breakfast', productId: 1, quantity, createTime: new Date(2026, 0, 1, 12, 5, 6).toISOString() });

test('orders say what, how many, and when', () => {
  const region = document.createElement('div');
  region.append(...orderList([order('a', 1200)], () => 'Tea'));
  equal(
    [...region.querySelectorAll('li > *')].map(({ textContent }) => textContent),
    ['Breakfast', '1,200 × Tea', '1 Jan 2026, 12:05'],
  );
  equal(region.querySelector('a').getAttribute('href'), 'order.html?id=a');
  updateOrderList(region, [order('b', 1), order('a', 1200)], () => 'Green tea');
  equal(
    [...region.querySelectorAll('.order-content')].map(({ textContent }) => textContent),
    ['1 × Green tea', '1,200 × Green tea'],
  );
});

const KINDS = [
  'placing',
  'asking',
  'placed',
  'ticket-given',
  'invalid-request',
  'unknown-product',
  'out-of-stock',
  'order-id-taken',
  'ticket-id-taken',
  'refused',
  'not-placed',
  'queue-full',
  'absent',
  'answer-lost',
  'still-unknown',
];

function resultOf(outcome, actions = {}) {
  const region = document.createElement('div');
  region.append(document.createElement('div'), document.createElement('div'));
  renderResult(region, outcome, () => 'Tea', actions);
  return region;
}

test('each outcome of an order has its words, in each language', () => {
  const facts = { order: order('a', 2), requested: 3, available: 1, waitSeconds: 4 };
  for (const kind of KINDS) {
    const said = inEach(() => resultOf({ kind, ...facts, ...(kind === 'ticket-given' && { ticket: { ticketId: 'a', ticketNumber: 5 } }) }).textContent);
    holds(!/undefined|NaN|\{\w+\}/.test(Object.values(said).join()), `${kind}: ${Object.values(said)}`);
    holds(said.en !== said.zh, kind);
  }
});

test('an outcome that nobody has thought of is a refusal', () => {
  const region = resultOf({ kind: 'body-too-large' });
  equal([region.querySelector('h3').textContent, region.dataset.outcome], ['The shop declined this order.', 'refused']);
});

test('an order whose outcome is open can be sent again, one that is still unknown is asked for', () => {
  const clicked = [];
  const actions = { retry: () => clicked.push('retry'), check: () => clicked.push('check') };
  for (const kind of KINDS) {
    resultOf({ kind, order: order('a', 2) }, actions)
      .querySelector('button')
      ?.click();
  }
  equal(clicked, ['retry', 'retry', 'retry', 'retry', 'check']);
});

test('errors that no field of the form shows are told in the API’s words', () => {
  const errors = [
    { field: 'quantity', detail: 'must be 1 to 1000' },
    { field: 'orderId', detail: 'must be a UUID' },
    { field: '', detail: 'is no JSON' },
  ];
  const told = [...resultOf({ kind: 'invalid-request', errors }).querySelectorAll('[lang=en]')].map(({ textContent }) => textContent);
  equal(told, ['orderId must be a UUID', 'is no JSON']);
});

test('each address ends in the id', () => {
  const addresses = [ticketAddress({ ticketId: 'a' }), orderAddress({ orderId: 'a' }), pictureAddress({ orderId: 'a' })];
  equal(addresses, ['ticket.html?id=a', 'order.html?id=a', 'picture.html?order=a']);
});

test('an order that is placed leads to its picture and to its page, and its number can be copied', () => {
  const next = resultOf({ kind: 'placed', order: order('a', 2) }).children[1];
  equal(
    [...next.querySelectorAll('a, button')].map((way) => way.getAttribute('href') ?? way.textContent),
    ['picture.html?order=a', 'order.html?id=a', 'Copy'],
  );
});

test('facts are shown anew only if one has changed, so that nobody is disturbed who marks or copies one', () => {
  const list = document.createElement('dl');
  const shown = (...facts) => {
    renderFacts(list, facts);
    return list.firstChild;
  };
  const first = shown(['order.number', 'a', copyable], ['ticket.content', '2 × Tea']);
  equal(list.textContent, 'Order numbera CopyFor2 × Tea');
  equal(shown(['order.number', 'a', copyable], ['ticket.content', '2 × Tea']) === first, true);
  equal(shown(['order.number', 'a', copyable], ['ticket.content', '2 × Mug']) === first, false);
  equal(Object.values(inEach(() => shown(['order.number', 'a', copyable]).textContent)), ['Order numbera Copy', '订单号a 复制']);
});

test('a number that was copied says so for a while; where copying is not allowed it is marked', () =>
  withClock(async (clock) => {
    const shown = copyable('6f1f3c9e');
    document.body.append(shown);
    const clicked = async (writeText) => {
      Object.defineProperty(navigator, 'clipboard', { configurable: true, value: writeText && { writeText } });
      getSelection().removeAllRanges();
      shown.querySelector('button').click();
      await clock.pass(0);
      return [shown.querySelector('button').textContent, shown.querySelector('[aria-live]').textContent, getSelection().toString()];
    };
    try {
      const written = [];
      equal(await clicked(async (text) => written.push(text)), ['Copied', 'Copied', '']);
      equal(written, ['6f1f3c9e']);
      await clock.pass(3000);
      equal(shown.textContent, '6f1f3c9e Copy');
      equal((await clicked(undefined))[2], '6f1f3c9e', 'on plain http');
    } finally {
      delete navigator.clipboard;
      shown.remove();
    }
  }));
