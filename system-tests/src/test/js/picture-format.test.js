import { ago, databaseName, laneName, tickText } from '/js/picture/format.js';
import { frameOf } from '/js/picture/frame.js';
import { Rate } from '/js/picture/rate.js';
import { badge, nameOf, titleOf } from '/js/picture/titles.js';
import { equal, holds, inEach, test } from './cases.js';
import { stories } from './stories.js';

const each = (write) => (values) => values.map((value) => write(value));

test('an age is told in whole seconds, and is never negative', () => {
  equal(each(ago)([-500, 0, 999, 1000, 61_999, 1_234_567]), ['0 s', '0 s', '0 s', '1 s', '61 s', '1,234 s']);
});

test('a moment on a short axis is a bare number', () => {
  equal(
    [0, 2.5, 10, 1000].map((tick) => tickText(tick, 10)),
    ['0', '2.5', '10', '1,000'],
  );
  equal(tickText(0.1 + 0.2, 1), '0.3', 'without the dust of binary fractions');
});

test('a moment on a long axis is told in seconds from the first one on', () => {
  equal(
    [0, 500, 1000, 2500].map((tick) => tickText(tick, 5000)),
    ['0', '500', '1 s', '2.5 s'],
  );
  equal(tickText(2000, 3000), '2,000', 'not yet long');
});

test('lanes have long names and short ones; a third database keeps its own', () => {
  equal(
    inEach(() => ['client', 'coordinator', 'product', 'orders', 'ledger'].map((lane) => laneName(lane, true))),
    {
      en: ['client', 'coordinator', 'products', 'orders', 'ledger'],
      zh: ['客户端', '协调者', '商品库', '订单库', 'ledger'],
    },
  );
  equal([laneName('orders'), databaseName('orders'), databaseName('ledger')], ['Orders database', 'orders database', 'ledger']);
});

test('a rate is that of the last three seconds', () => {
  const rate = new Rate();
  rate.add(300, 0);
  rate.show(30, 0);
  equal(rate.perSecond(2999), { ended: 100, shown: 10 });
  equal(rate.perSecond(3000), { ended: 0, shown: 0 });
});

test('a rate is rounded', () => {
  const rate = new Rate();
  rate.add(5, 0);
  equal(rate.perSecond(1), { ended: 2, shown: 0 });
});

test('a rate adds up what came in many messages', () => {
  const rate = new Rate();
  for (let now = 0; now < 10_000; now += 200) {
    rate.add(10, now);
    rate.show(2, now);
  }
  equal(rate.perSecond(9_800), { ended: 50, shown: 10 });
});

test('never are more shown than have ended', () => {
  const rate = new Rate();
  rate.add(3, 0);
  rate.show(50, 10); // as after a pause
  equal(rate.perSecond(20), { ended: 1, shown: 1 });
});

test('lanes lie one below the other within the frame, however wide it is', () => {
  for (const lanes of [
    ['client', 'product', 'orders'],
    ['client', 'coordinator', 'product', 'orders', 'ledger'],
  ]) {
    for (const isLarge of [false, true]) {
      for (const width of [200, 479, 480, 699, 700, 1400]) {
        const frame = frameOf(lanes, width, isLarge, true);
        const placed = lanes.map((lane) => frame.lanes.get(lane));
        placed.forEach(({ y, height, middle }, i) => {
          holds(y >= (i ? placed[i - 1].y + placed[i - 1].height : frame.top), `${lanes[i]} lies over another at width ${width}`);
          equal(middle, y + height / 2);
        });
        const last = placed.at(-1);
        equal(frame.bottom, last.y + last.height);
        holds(frame.height > frame.bottom, 'there is no room for the axis');
        holds(frame.plot >= 40 && (width < 200 || frame.left + frame.plot <= width), `the plot is wider than ${width}`);
      }
    }
  }
});

test('a frame without an axis of its own is lower', () => {
  const height = (hasAxis) => frameOf(['client', 'product'], 800, false, hasAxis).height;
  holds(height(false) < height(true), 'it is as high');
});

test('a story’s title is what was ordered, as far as that is known', () => {
  const name = (id) => `Product ${id}`;
  equal(
    inEach(() => titleOf(stories['All went well'], name)),
    { en: '2 × Product 7', zh: 'Product 7 × 2' },
  );
  equal(titleOf(stories['Only the resolver is known'], name), 'An earlier order');
  equal(titleOf({ isHalf: false }, name), 'Another transaction');
  const transfer = { id: 't1', title: 'Ann to Bob', facts: { amount: 'a hundred' } };
  const others = [[transfer, { ...transfer, id: 't2' }], [{ ...transfer, title: '' }], []].map((subjects) => ({ subjects, globalId: '4871251_x' }));
  equal(
    others.map((story) => [titleOf(story, name), nameOf(story)]),
    [
      ['Ann to Bob', 't1'],
      ['t1', 't1'],
      ['Another transaction', '4871251_x'],
    ],
  );
  equal(nameOf(stories['All went well']), 'Breakfast');
});

test('a badge says how each story stands', () => {
  const signs = Object.fromEntries(Object.entries(stories).map(([name, story]) => [name, badge(story).textContent]));
  equal(signs, {
    'All went well': '✓committed',
    'Only one took part': '✓committed',
    'A branch only read': '✓committed',
    'Too little was in stock': '✕rolled back',
    'A prepare was refused': '✕rolled back',
    'Nobody answered the decision': '?in doubt',
    'The second commit is left': '…under way',
    'The second commit was healed': '✓settled: committed',
    'It is at work': '…under way',
    'It is being prepared': '…under way',
    'It is prepared': '…under way',
    'A connection broke at work': '✕rolled back',
    'The coordinator died at work': '✕rolled back',
    'The coordinator died before its decision': '?in doubt',
    'The next process committed it': '✓settled: committed',
    'The next process rolled it back': '✕settled: rolled back',
    'Only the resolver is known': '✓settled: committed',
    'The resolver does not get through': '?in doubt',
    'It was settled elsewhere': '?settled elsewhere',
    'An operator rolled it back': '✕by hand: rolled back',
    'A third database took part': '✓committed',
    'A ticket was served': '✓ready',
    'A ticket was sold out': '–sold out',
  });
});
