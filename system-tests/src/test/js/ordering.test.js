import { inquire } from '/js/inquiry.js';
import { forgetOrder, keepOrder, keptOrder } from '/js/open-order.js';
import { Ordering } from '/js/ordering.js';
import { equal, test } from './cases.js';
import { withClock } from './clock.js';
import { json, nothing, problem, withAnswers } from './server.js';

const CONTENT = { way: 'now', productId: 7, orderName: 'Breakfast', quantity: 2 };

/** Echoes the order that was sent last, as the server does when it has placed it. */
const echo =
  (asked, status = 201) =>
  () =>
    json(status, asked.at(-1).sent);

function ordering() {
  const reports = [];
  return { reports, shop: new Ordering((outcome) => reports.push(outcome.kind)) };
}

/** What is sent to the answers, which are made of what was asked. */
const exchange = (answersOf, body) => {
  const answers = [];
  return withAnswers(
    Array.from({ length: 20 }, () => () => answers.shift()()),
    async (asked) => {
      answers.push(...answersOf(asked));
      await body(asked);
      equal(answers.length, 0, 'answers that nobody asked for');
    },
  );
};

const idsOf = (asked) => asked.filter(({ sent }) => sent).map(({ sent }) => sent.orderId ?? sent.ticketId);

test('an order that was placed is over, and the next one has an id of its own', () =>
  exchange(
    (asked) => [echo(asked), echo(asked)],
    async (asked) => {
      const { reports, shop } = ordering();
      await shop.place(CONTENT);
      equal([reports, shop.openOrder, keptOrder()], [['placing', 'placed'], undefined, undefined]);
      await shop.place(CONTENT);
      equal(new Set(idsOf(asked)).size, 2);
    },
  ));

test('an order whose answer got lost keeps its id, however it is sent again', () =>
  exchange(
    (asked) => [nothing, nothing, nothing, echo(asked)],
    async (asked) => {
      const { reports, shop } = ordering();
      await shop.place(CONTENT);
      await shop.place(CONTENT);
      await shop.retry();
      await shop.place({ ...CONTENT });
      equal(new Set(idsOf(asked)).size, 1);
      equal(reports, ['placing', 'answer-lost', 'placing', 'answer-lost', 'placing', 'answer-lost', 'placing', 'placed']);
    },
  ));

test('another content is another order, and so is another way', () =>
  exchange(
    () => [nothing, nothing, nothing],
    async (asked) => {
      const { shop } = ordering();
      await shop.place(CONTENT);
      await shop.place({ ...CONTENT, quantity: 3 });
      await shop.place({ ...CONTENT, quantity: 3, way: 'ticket' });
      equal(new Set(idsOf(asked)).size, 3);
      equal(
        asked.map(({ url }) => url),
        ['api/orders', 'api/orders', 'api/tickets'],
      );
      equal(
        asked.some(({ sent }) => 'way' in sent),
        false,
        'the way is the page’s matter',
      );
    },
  ));

test('an open order outlives the page, and is then sent under its id', () =>
  exchange(
    (asked) => [nothing, echo(asked)],
    async (asked) => {
      await ordering().shop.place(CONTENT);
      const { reports, shop } = ordering();
      equal(shop.openOrder.orderName, 'Breakfast');
      await shop.retry();
      equal([reports, new Set(idsOf(asked)).size, keptOrder()], [['placing', 'placed'], 1, undefined]);
    },
  ));

test('a final no ends an order, an open one does not', async () => {
  for (const [kind, status, isOpen] of [
    ['out-of-stock', 409, false],
    ['invalid-request', 400, false],
    ['order-id-taken', 409, false],
    ['not-placed', 503, true],
    ['queue-full', 429, true],
  ]) {
    forgetOrder();
    await exchange(
      () => [() => problem(status, kind)],
      async () => {
        const { reports, shop } = ordering();
        await shop.place(CONTENT);
        equal([reports, Boolean(shop.openOrder), Boolean(keptOrder())], [['placing', kind], isOpen, isOpen], kind);
      },
    );
  }
});

test('of an unknown outcome the shop is asked until it tells, as often as it wishes', () =>
  withClock((clock) =>
    exchange(
      (asked) => [
        () => problem(503, 'outcome-unknown', {}, { 'Retry-After': '2' }),
        () => json(202, { outcome: 'IN_DOUBT' }, { 'Retry-After': '3' }),
        () => json(200, asked[0].sent),
      ],
      async (asked) => {
        const { reports, shop } = ordering();
        const began = performance.now();
        shop.place(CONTENT);
        await clock.passUntil(() => reports.includes('placed'));
        equal(reports, ['placing', 'asking', 'placed']);
        equal(performance.now() - began, 5000);
        equal(
          asked.map(({ url }) => url.replace(/orders\/.*/, 'orders/…')),
          ['api/orders', 'api/orders/…', 'api/orders/…'],
        );
      },
    ),
  ));

test('a ticket whose outcome is unknown is asked for as a ticket', () =>
  withClock((clock) =>
    exchange(
      (asked) => [() => problem(503, 'outcome-unknown'), () => json(200, { ticketId: asked[0].sent.ticketId })],
      async (asked) => {
        const { reports, shop } = ordering();
        shop.place({ ...CONTENT, way: 'ticket' });
        await clock.passUntil(() => reports.includes('ticket-given'));
        equal(asked[1].url, `api/tickets/${asked[0].sent.ticketId}`);
      },
    ),
  ));

test('two clicks are one order', () =>
  exchange(
    (asked) => [echo(asked)],
    async (asked) => {
      const { reports, shop } = ordering();
      await Promise.all([shop.place(CONTENT), shop.place(CONTENT), shop.retry(), shop.check()]);
      equal([asked.length, reports], [1, ['placing', 'placed']]);
    },
  ));

test('an order that the shop does not have can be sent again under its id', () =>
  withClock((clock) =>
    exchange(
      (asked) => [nothing, () => problem(404, 'no-such-order'), echo(asked)],
      async (asked) => {
        const { reports, shop } = ordering();
        await shop.place(CONTENT);
        shop.check();
        await clock.passUntil(() => reports.includes('absent'));
        await shop.retry();
        equal(new Set(idsOf(asked)).size, 1);
        equal(reports.at(-1), 'placed');
      },
    ),
  ));

test('after a minute without a word the outcome is still unknown, and the order still open', () =>
  withClock((clock) =>
    withAnswers(Array(100).fill(nothing), async (asked) => {
      const { reports, shop } = ordering();
      await shop.place(CONTENT);
      const began = performance.now();
      shop.check();
      await clock.passUntil(() => reports.includes('still-unknown'));
      equal(performance.now() - began <= 60_000 && asked.length > 50, true, `asked ${asked.length} times`);
      equal([Boolean(shop.openOrder), Boolean(keptOrder())], [true, true]);
    }),
  ));

test('an inquiry waits first, and does not begin a wait that its time does not allow', () =>
  withClock(async (clock) => {
    const asked = [];
    let outcome;
    inquire(async () => {
      asked.push(performance.now());
      return { kind: 'in-doubt', waitSeconds: 25 };
    }, 5).then((answer) => (outcome = answer));
    const began = performance.now();
    await clock.passUntil(() => outcome);
    equal([outcome, asked.map((at) => (at - began) / 1000)], [{ kind: 'still-unknown' }, [5, 30, 55]]);
  }));

test('what is kept of an order is what was kept, and nothing where it cannot be read', () => {
  equal(keptOrder(), undefined);
  keepOrder({ orderId: 'a', ...CONTENT });
  equal(keptOrder(), { orderId: 'a', ...CONTENT });
  sessionStorage.setItem('lockstep.open-order', '{"orderId":');
  equal(keptOrder(), undefined);
  forgetOrder();
  equal(sessionStorage.length, 0);
});
