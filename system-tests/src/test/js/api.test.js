import { askForOrder, askForTicket, listProducts, pageOfOrders, pageOfProducts, placeOrder, productsOf, takeTicket } from '/js/api.js';
import { askForHold, beginHold, endHold, planBreak } from '/js/stop/operator-api.js';
import { equal, test } from './cases.js';
import { json, nothing, page, problem, withAnswers } from './server.js';

const ORDER = { orderId: 'a', productId: 7, quantity: 2, orderName: 'Breakfast' };
const TICKET = { ticketId: 'a', state: 'WAITING', ticketNumber: 3 };

/** What each of these answers is taken for. */
const taken = (answers, ask) =>
  withAnswers(answers, async () => {
    const kinds = [];
    for (const _ of answers) {
      kinds.push((await ask()).kind);
    }
    return kinds;
  });

const inHtml = (status) => new Response('<p>Hello</p>', { status });

test('an order is placed only if the answer is about it', async () => {
  equal(
    await taken([json(201, ORDER), json(200, ORDER), json(201, { ...ORDER, orderId: 'b' }), json(201, null), json(200, 'a'), inHtml(200)], () =>
      placeOrder(ORDER),
    ),
    ['placed', 'placed', 'answer-lost', 'answer-lost', 'answer-lost', 'answer-lost'],
  );
});

test('an order counts as refused only if the API itself says so', async () => {
  equal(
    await taken(
      [
        problem(409, 'out-of-stock'),
        problem(404, 'unknown-product'),
        problem(400, 'invalid-request'),
        problem(503, 'not-placed'),
        problem(503, 'outcome-unknown'),
        problem(429, 'queue-full'),
      ],
      () => placeOrder(ORDER),
    ),
    ['out-of-stock', 'unknown-product', 'invalid-request', 'not-placed', 'outcome-unknown', 'queue-full'],
  );
});

test('what tells nothing about an order is a lost answer, never a no', async () => {
  const answers = [
    nothing,
    page(502),
    page(404),
    problem(500, 'internal-error'),
    problem(503, 'unavailable'),
    json(404, { type: 'about:blank', status: 404 }),
    json(409, { type: 'https://proxy.example/out-of-stock' }),
    json(400, { type: 17 }),
    json(400, null),
  ];
  equal(await taken(answers, () => placeOrder(ORDER)), Array(answers.length).fill('answer-lost'));
});

test('a problem comes with all that it tells, and with the seconds to wait', async () => {
  const { requested, available, waitSeconds } = await withAnswers([problem(409, 'out-of-stock', { requested: 3, available: 1 }, { 'Retry-After': '7' })], () =>
    placeOrder(ORDER),
  );
  equal([requested, available, waitSeconds], [3, 1, 7]);
});

test('the wait is a second at least, also if a proxy tells a date', async () => {
  const waits = await withAnswers(
    [
      problem(503, 'outcome-unknown', {}, { 'Retry-After': 'Thu, 01 Jan 2026 00:00:00 GMT' }),
      problem(503, 'outcome-unknown', {}, { 'Retry-After': '0' }),
      problem(503, 'outcome-unknown', {}, { 'Retry-After': '-5' }),
      problem(503, 'outcome-unknown'),
    ],
    async () => [await placeOrder(ORDER), await placeOrder(ORDER), await placeOrder(ORDER), await placeOrder(ORDER)],
  );
  equal(
    waits.map(({ waitSeconds }) => waitSeconds),
    [1, 1, 1, 1],
  );
});

test('an order is absent only if the API says that there is no such order', async () => {
  const answers = [problem(404, 'no-such-order'), problem(404, 'not-found'), page(404), problem(404, 'no-such-ticket'), json(404, {}), nothing];
  equal(await taken(answers, () => askForOrder('a')), ['absent', 'in-doubt', 'in-doubt', 'in-doubt', 'in-doubt', 'in-doubt']);
});

test('an order is there only if the answer is about it', async () => {
  equal(await taken([json(200, ORDER), json(202, { outcome: 'IN_DOUBT' }), json(200, { ...ORDER, orderId: 'b' }), inHtml(200)], () => askForOrder('a')), [
    'placed',
    'in-doubt',
    'in-doubt',
    'in-doubt',
  ]);
});

test('whoever is in doubt knows how long to wait', async () => {
  const answers = [json(202, { outcome: 'IN_DOUBT' }, { 'Retry-After': '4' }), nothing];
  const waits = await withAnswers(answers, async () => [await askForOrder('a'), await askForOrder('a')]);
  equal(waits, [
    { kind: 'in-doubt', waitSeconds: 4 },
    { kind: 'in-doubt', waitSeconds: 1 },
  ]);
});

test('a ticket’s id is its order’s, and nothing else is sent twice', async () => {
  await withAnswers([json(202, TICKET), json(201, ORDER)], async (asked) => {
    equal(await takeTicket(ORDER), { kind: 'ticket-given', ticket: TICKET });
    await placeOrder(ORDER);
    equal(
      asked.map(({ method, url, sent }) => [method, url, sent]),
      [
        ['POST', 'api/tickets', { ticketId: 'a', productId: 7, quantity: 2, orderName: 'Breakfast' }],
        ['POST', 'api/orders', ORDER],
      ],
    );
  });
});

test('a ticket is given only if the answer is about it, and absent only if the API says so', async () => {
  equal(
    await taken(
      [json(202, TICKET), json(200, TICKET), json(200, { ...TICKET, ticketId: 'b' }), problem(429, 'queue-full'), problem(409, 'ticket-id-taken')],
      () => takeTicket(ORDER),
    ),
    ['ticket-given', 'ticket-given', 'answer-lost', 'queue-full', 'ticket-id-taken'],
  );
  equal(
    await taken([json(200, TICKET), json(202, { outcome: 'IN_DOUBT' }), problem(404, 'no-such-ticket'), problem(404, 'no-such-order')], () =>
      askForTicket('a'),
    ),
    ['ticket-given', 'in-doubt', 'absent', 'in-doubt'],
  );
});

test('a list that cannot be read is an error that says so', async () => {
  equal(await withAnswers([json(200, [ORDER])], () => listProducts()), [ORDER]);
  const failures = await withAnswers([problem(503, 'unavailable'), nothing], async () => [
    await listProducts().catch(({ message }) => message),
    await pageOfOrders('api/orders?limit=20').catch(({ message }) => message),
  ]);
  equal(failures, ['Cannot read api/products: status=503, expected=200', 'Cannot read api/orders?limit=20: status=0, expected=200']);
});

test('a page of a list tells where the next one is, if there is one', async () => {
  const next = { Link: '</api/orders?limit=20&before=a>; rel="next"' };
  const strange = { Link: '</help>; rel="help"' };
  const pages = await withAnswers([json(200, [ORDER], next), json(200, [ORDER]), json(200, [], strange)], async () => [
    await pageOfOrders('api/orders?limit=20'),
    await pageOfOrders('/api/orders?limit=20&before=a'),
    await pageOfProducts({}),
  ]);
  equal(pages, [
    { items: [ORDER], next: '/api/orders?limit=20&before=a' },
    { items: [ORDER], next: undefined },
    { items: [], next: undefined },
  ]);
});

test('products are asked for by words, whatever these are, or by their ids', async () => {
  await withAnswers([json(200, []), json(200, [])], async (asked) => {
    await pageOfProducts({ search: 'tea & co', limit: 24 });
    await productsOf([7, 4711]);
    equal(
      asked.map(({ url }) => url),
      ['api/products?search=tea+%26+co&limit=24', 'api/products?id=7&id=4711'],
    );
  });
});

test('a hold begins, is told, and ends, or the server says why not', async () => {
  equal(await taken([json(202, { holdId: 'h' }), problem(409, 'too-many-holds'), page(502), nothing], () => beginHold({})), [
    'held',
    'too-many-holds',
    'no-answer',
    'no-answer',
  ]);
  equal(await taken([json(200, { state: 'HELD' }), problem(404, 'no-such-hold'), nothing], () => askForHold('h')), ['hold', 'no-such-hold', 'no-answer']);
  equal(await taken([new Response(null, { status: 202 }), problem(409, 'not-held')], () => endHold('h', 'commit')), ['ended', 'not-held']);
});

test('a plan to break the server is taken without a word', async () => {
  equal(await taken([new Response(null, { status: 204 }), problem(404, 'not-found')], () => planBreak({})), ['planned', 'not-found']);
});
