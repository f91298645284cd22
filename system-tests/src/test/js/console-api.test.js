import { readTickets, readTransaction, readTransactions, refuseTicket, resolveBranch, transactionOf } from '/js/console/api.js';
import { ProductSearch } from '/js/product-search.js';
import { ProductNames } from '/js/product-names.js';
import { equal, test } from './cases.js';
import { FAILURE, until } from './console-parts.js';
import { json, nothing, page, problem, withAnswers } from './server.js';
import { told } from './stories.js';

test('transactions are asked for by state, text, and the products whose names fit it', async () => {
  const asked = await withAnswers([json(200, {}), json(200, {})], async (requests) => {
    await readTransactions({ states: ['ABORTED', 'IN_DOUBT'], text: 'Tea & more', products: [7, 8], limit: 50 });
    await readTransactions({ states: [], text: '', products: [7, 8], offset: 100, limit: 50 });
    return requests.map(({ url }) => url);
  });
  equal(asked, ['api/transactions?limit=50&state=ABORTED&state=IN_DOUBT&text=Tea+%26+more&product=7&product=8', 'api/transactions?limit=50&offset=100']);
});

const TEAS = [
  { productId: 201, productName: 'Rare tea' },
  { productId: 202, productName: 'Tea' },
];

test('the shop is asked which products a text means, once, and their names are known then', async () => {
  const names = new ProductNames(() => undefined);
  let found = 0;
  const asked = await withAnswers([json(200, TEAS)], async (requests) => {
    const search = new ProductSearch(names, () => found++);
    equal([search.like(''), search.like('tea'), search.like('tea')], [[], [], []]);
    await until(() => found);
    equal([search.like('tea'), search.like('')], [[201, 202], []]);
    return requests.map(({ url }) => url);
  });
  equal([asked, found, names.of(201)], [['api/products?search=tea&limit=200'], 1, 'Rare tea']);
});

test('the products of a text that is no longer searched are not shown, and those that could not be asked for are asked for again', async () => {
  let found = 0;
  const asked = await withAnswers([json(200, TEAS), nothing, json(200, TEAS)], async (requests) => {
    const search = new ProductSearch(new ProductNames(() => undefined), () => found++);
    search.like('rare');
    search.like('tea');
    await until(() => requests.length === 2);
    await until(() => search.like('tea').length);
    return requests.map(({ url }) => url.replace(/&.*/, ''));
  });
  equal([asked, found], [['api/products?search=rare', 'api/products?search=tea', 'api/products?search=tea'], 1]);
});

test('a name in a path cannot be another path', async () => {
  const asked = await withAnswers([json(200, told()), json(200, {})], async (requests) => {
    await readTransaction('4871251_a/b+c==_x?#');
    await resolveBranch('g/1', { decision: 'COMMIT' });
    return requests.map(({ url }) => url);
  });
  equal(asked, ['api/transactions/4871251_a~b%2Bc%3D%3D_x%3F%23', 'api/branches/g~1/resolve']);
});

test('a transaction is found by its order, if the server still knows it', async () => {
  const found = await withAnswers([json(200, { transactions: [told()] }), json(200, { transactions: [] })], async (requests) => [
    await transactionOf('x&y'),
    await transactionOf('z'),
    requests[0].url,
  ]);
  equal(found, ['a', undefined, 'api/transactions?order=x%26y&limit=1']);
});

test('a transaction that the server does not know is undefined, and no answer is an error', async () => {
  equal(await withAnswers([problem(404, 'no-such-transaction')], () => readTransaction('a')), undefined);
  const failed = await withAnswers([page(502)], () => readTransaction('a').catch((error) => error.message));
  equal(failed.startsWith('Cannot read ') && failed.endsWith('status=502, expected=200'), true, failed);
});

test('an instruction is settled, refused in the server’s words, or not answered', async () => {
  const outcomes = await withAnswers([json(200, { because: 'decided' }), problem(409, 'resolve-refused', { detail: 'No' }), page(502), nothing], async () => [
    await resolveBranch('g', {}),
    await resolveBranch('g', {}),
    await resolveBranch('g', {}),
    await refuseTicket('t', 'x'),
  ]);
  equal(
    outcomes.map(({ kind }) => kind),
    ['settled', 'resolve-refused', 'no-answer', 'no-answer'],
  );
  equal([outcomes[0].because, outcomes[1].detail], ['decided', 'No']);
});

test('failed tickets are asked for only by an operator, and only if there are any', async () => {
  const asked = (isOperator, failed, ...more) =>
    withAnswers([json(200, { failed }), ...more], async (requests) => {
      const { failures } = await readTickets(isOperator);
      return [requests.map(({ url }) => url).at(-1), failures.length];
    });
  equal(await asked(true, 2, json(200, [FAILURE, FAILURE])), ['api/tickets?state=FAILED', 2]);
  equal(await asked(true, 0), ['api/tickets', 0]);
  equal(await asked(false, 2), ['api/tickets', 0]);
});
