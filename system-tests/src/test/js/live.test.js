import { Healing } from '/js/break/healing.js';
import { LiveLine } from '/js/live-line.js';
import { LiveStream } from '/js/live-stream.js';
import { equal, holds, inEach, test } from './cases.js';
import { withClock } from './clock.js';
import { told } from './stories.js';
import { hide, Wire, withWires } from './wire.js';

const streams = new Set();

/** A stream that has been started, and what it heard. */
function started(options = {}) {
  const heard = [];
  const stream = new LiveStream('api/live', { event: 'shop', received: (state, isFirst) => heard.push([state, isFirst]), ...options });
  streams.add(stream);
  stream.start();
  return { stream, heard };
}

/** Time as the case turns it, streams that connect to nobody; in the end they are stopped. */
const live = (body) =>
  withWires(() =>
    withClock(async (clock) => {
      try {
        await body(clock);
      } finally {
        streams.forEach((stream) => stream.stop());
        streams.clear();
      }
    }),
  );

test('a stream is live once it has heard its first state', () =>
  live(async () => {
    const { stream, heard } = started();
    equal([Wire.last.url, stream.state], ['api/live', { kind: 'connecting' }]);
    Wire.last.tell('alive');
    equal(stream.state.kind, 'connecting', 'a sign of life tells nothing yet');
    Wire.last.tell('shop', { a: 1 });
    Wire.last.tell('shop', { a: 2 });
    equal(
      [stream.state, heard],
      [
        { kind: 'live' },
        [
          [{ a: 1 }, true],
          [{ a: 2 }, false],
        ],
      ],
    );
  }));

test('signs of life keep a stream live, nine seconds of silence end it', () =>
  live(async (clock) => {
    const { stream } = started();
    Wire.last.tell('shop', {});
    for (let i = 0; i < 10; i++) {
      await clock.pass(5000);
      Wire.last.tell('alive');
    }
    equal([stream.state.kind, Wire.opened.length], ['live', 1]);
    await clock.pass(9000);
    equal(stream.state.kind, 'live', 'not yet');
    await clock.pass(1000);
    equal([stream.state.kind, Wire.last.isClosed], ['stale', true]);
  }));

test('a stream that broke comes back, a little later each time, and at once after it was live', () =>
  live(async (clock) => {
    const { stream, heard } = started();
    const waits = [];
    for (let i = 0; i < 6; i++) {
      const [began, count] = [performance.now(), Wire.opened.length];
      Wire.last.fail();
      await clock.passUntil(() => Wire.opened.length > count);
      waits.push(performance.now() - began);
    }
    equal(waits, [1000, 2000, 3000, 5000, 5000, 5000]);
    Wire.last.tell('shop', {});
    const began = performance.now();
    const count = Wire.opened.length;
    Wire.last.fail();
    await clock.passUntil(() => Wire.opened.length > count);
    equal(performance.now() - began, 1000);
    Wire.last.tell('shop', {});
    equal(
      heard.map(([, isFirst]) => isFirst),
      [true, true],
      'each connection has a first state',
    );
  }));

test('a page whose stream broke is reconnecting, and then stale, for so many seconds', () =>
  live(async (clock) => {
    const { stream } = started();
    Wire.last.tell('shop', {});
    Wire.last.fail();
    const states = [];
    for (const millis of [0, 3999, 1, 6400]) {
      await clock.pass(millis);
      Wire.last.fail();
      states.push(stream.state);
    }
    equal(states, [{ kind: 'reconnecting' }, { kind: 'reconnecting' }, { kind: 'stale', seconds: 4 }, { kind: 'stale', seconds: 10 }]);
  }));

test('where streams never get through, the page polls, every five seconds', () =>
  live(async (clock) => {
    const polls = [];
    const { stream } = started({ poll: async () => polls.push(performance.now()) });
    for (let i = 0; i < 30; i++) {
      if (!Wire.last.isClosed) {
        Wire.last.fail();
      }
      equal(polls.length > 0, i > 3, `polled before second ${i}`);
      await clock.pass(1000);
    }
    equal(stream.state, { kind: 'polling', seconds: 5 });
    equal(new Set(polls.slice(1).map((at, i) => at - polls[i])), new Set([5000]));
    Wire.last.tell('shop', {});
    equal(stream.state, { kind: 'live' });
    const before = polls.length;
    await clock.pass(8000);
    equal(polls.length, before, 'polls of a live page');
  }));

test('a poll that fails makes nothing fresh, and no two polls run at once', () =>
  live(async (clock) => {
    let [polls, answer] = [0, undefined];
    const poll = () => {
      polls++;
      return new Promise((resolve) => (answer = resolve));
    };
    const { stream } = started({ poll });
    for (let i = 0; i < 30; i++) {
      if (!Wire.last.isClosed) {
        Wire.last.fail();
      }
      await clock.pass(1000);
    }
    equal(polls, 1);
    answer(false);
    await clock.pass(0);
    equal(stream.state, { kind: 'connecting' });
  }));

test('a hidden page lets go of its connection, and takes one up when it is seen again', () =>
  live(async (clock) => {
    let polls = 0;
    const { stream } = started({ poll: async () => ++polls > 0 });
    Wire.last.tell('shop', {});
    hide(true);
    equal([Wire.last.isClosed, Wire.opened.length], [true, 1]);
    await clock.pass(60_000);
    equal([Wire.opened.length, polls], [1, 0]);
    equal(stream.state, { kind: 'stale', seconds: 60 });
    hide(false);
    equal(Wire.opened.length, 2);
    Wire.last.tell('shop', {});
    equal(stream.state, { kind: 'live' });
  }));

test('a connection that broke does not come back while the page is hidden', () =>
  live(async (clock) => {
    const { stream } = started();
    Wire.last.fail();
    hide(true);
    await clock.pass(30_000);
    equal(Wire.opened.length, 1);
  }));

test('what may not be missed is polled while the page is hidden', () =>
  live(async (clock) => {
    let polls = 0;
    const { stream } = started({ poll: async () => ++polls > 0, pollsUnseen: true });
    Wire.last.tell('shop', {});
    hide(true);
    await clock.pass(20_000);
    equal(polls, 4);
  }));

test('a stream that was stopped stays so, and leaves nothing behind', () =>
  live(async (clock) => {
    const { stream, heard } = started();
    Wire.last.tell('shop', {});
    Wire.last.fail();
    stream.stop();
    equal(clock.waiting, 0);
    hide(true);
    hide(false);
    await clock.pass(60_000);
    equal([Wire.opened.length, heard.length], [1, 1]);
  }));

test('a stream can be stopped by what it has just heard', () =>
  live(async (clock) => {
    const stream = new LiveStream('api/live', { event: 'shop', received: () => stream.stop() });
    stream.start();
    Wire.last.tell('shop', {});
    equal([Wire.last.isClosed, clock.waiting], [true, 0]);
  }));

function lineOf() {
  const [line, announcement] = [document.createElement('p'), document.createElement('p')];
  const live = new LiveLine(line, announcement);
  return (state, away = []) => {
    live.show(state, away);
    return [line.dataset.state, line.textContent, announcement.textContent];
  };
}

test('the line says how fresh the page is, in minutes once that is easier', () => {
  const show = lineOf();
  equal(
    [
      { kind: 'stale', seconds: 4 },
      { kind: 'stale', seconds: 119 },
      { kind: 'stale', seconds: 120 },
      { kind: 'stale', seconds: 3599 },
    ].map((state) => show(state)[1]),
    ['Stale for 4 s. Reconnecting…', 'Stale for 119 s. Reconnecting…', 'Stale for 2 min. Reconnecting…', 'Stale for 59 min. Reconnecting…'],
  );
  equal(
    inEach(() => lineOf()({ kind: 'polling', seconds: 5 })[1]),
    { en: 'Updated every 5 s', zh: '每 5 秒更新一次' },
  );
});

test('only what lasts is said aloud, and each change once', () => {
  const show = lineOf();
  const aloud = (state) => show(state)[2];
  equal([aloud({ kind: 'connecting' }), aloud({ kind: 'live' }), aloud({ kind: 'reconnecting' })], ['', '', '']);
  equal(aloud({ kind: 'stale', seconds: 4 }), 'The page is not up to date: the shop does not answer.');
  equal(aloud({ kind: 'live' }), 'The page is live again.');
});

test('a database that is away is named, also if both are', () => {
  const show = lineOf();
  const since = new Date(2026, 0, 1, 12, 5, 6).toISOString();
  const [kind, words, aloud] = show({ kind: 'live' }, [
    { database: 'product', since },
    { database: 'orders', since },
  ]);
  equal(
    [kind, words, aloud === words],
    [
      'away',
      'The product database has not answered since 12:05:06: what you see of it may be old. The orders database has not answered since 12:05:06: what you see of it may be old.',
      true,
    ],
  );
  equal(show({ kind: 'live' })[2], 'The page is live again.');
  equal(show({ kind: 'stale', seconds: 9 }, [{ database: 'product', since }])[0], 'stale', 'what is not heard now is not said');
});

test('the steps of an order go on where the next process takes it up', () =>
  live(async () => {
    let changes = 0;
    const healing = new Healing(() => changes++);
    const mine = told();
    healing.watch(mine.order.orderId);
    const tell = (shown, open = []) => Wire.last.tell('transactions', { shown, open });
    tell([told({ globalId: 'other', order: { ...mine.order, orderId: 'other' } })]);
    equal([changes, healing.steps], [0, []], 'another order');
    tell([], [{ ...mine, steps: mine.steps.slice(0, 3) }]);
    tell([mine]);
    const { order, ...later } = told({ began: '2026-01-01T10:00:05.000Z', steps: [{ ...mine.steps.at(-1), kind: 'RESOLVE', from: 1, to: undefined }] });
    tell([later]);
    equal(changes, 3);
    equal(healing.steps.map(({ kind, from, to }) => [kind, from, to]).slice(-2), [
      ['COMMIT', 7, 9],
      ['RESOLVE', 5001, undefined],
    ]);
    healing.watch('next');
    equal(healing.steps, []);
    healing.end();
  }));
