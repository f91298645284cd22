import { drawAxis } from '/js/picture/axis.js';
import { endOf, scaleOf, sharedLength, sharedTicks, sharesAxis } from '/js/picture/scale.js';
import { equal, holds, inEach, test } from './cases.js';
import { BEGAN, stories, storyFrom, step, told } from './stories.js';

const NOW = Date.parse(BEGAN) + 60_000;

/** A transaction of which the steps have these times. */
const lasting = (...times) => storyFrom([['p', told({ millis: times.at(-1)[1], steps: times.map(([from, to]) => step('WORK', 'product', 'C0', from, to)) })]]);

const spansOf = ({ spans }) => spans.map(({ from, to, isCut }) => [from, to, isCut]);

test('the shared axis is a round length that most rows fit on', () => {
  equal(sharedLength([]), 10);
  equal(sharedLength([3, 4, 5, 6, 7]), 10);
  equal(sharedLength([50, 50, 50], 10), 50, 'just');
  equal(sharedLength([30, 40, 45, 48, 900]), 50, 'one in five may be longer');
  equal(sharedLength([30, 40, 60, 60, 900]), 100);
  equal(sharedLength([9000, 9000]), 5000, 'the longest there is');
});

test('the shared axis stays while it serves, and grows at once', () => {
  equal(sharedLength([], 200), 200);
  equal(sharedLength([80, 80, 80], 100), 100);
  equal(sharedLength([101, 101, 101], 100), 200);
});

test('the shared axis shrinks only when there is room to spare', () => {
  equal(sharedLength([40, 40, 40], 100), 100, '52 with a margin');
  equal(sharedLength([38, 38, 38], 100), 50);
  equal(sharedLength([9000, 9000], 5000), 5000);
});

test('the order of the rows does not matter to the axis, and they stay as they are', () => {
  const rows = [900, 45, 30, 48, 40];
  equal(sharedLength(rows), 50);
  equal(rows, [900, 45, 30, 48, 40]);
});

test('only what went smoothly shares the axis', () => {
  const sharing = Object.entries(stories)
    .filter(([, story]) => sharesAxis(story))
    .map(([name]) => name);
  equal(sharing, [
    'All went well',
    'Only one took part',
    'A branch only read',
    'Too little was in stock',
    'A prepare was refused',
    'A connection broke at work',
    'It was settled elsewhere',
    'A third database took part',
    'A ticket was served',
    'A ticket was sold out',
  ]);
});

test('an open story lasts until now, one that is over to its end', () => {
  equal(endOf(stories['It is at work'], NOW), 60_000);
  equal(endOf(stories['All went well'], NOW), 10);
  equal(endOf(stories['It is at work'], Date.parse(BEGAN) - 5000), 400, 'whatever the clock here says, what was heard counts');
  equal(endOf({ isOver: true, end: 0, began: 0 }, NOW) > 0, true, 'never nothing');
});

test('a story that fits is drawn on the shared axis', () => {
  const scale = scaleOf(stories['All went well'], 20, NOW);
  equal([scale.isShared, scale.x(0), scale.x(5), scale.x(20)], [true, 0, 0.25, 1]);
  equal(scaleOf(stories['All went well'], 5, NOW).isShared, false, 'too long for it');
});

test('a long wait is cut out of a story’s own axis', () => {
  const scale = scaleOf(lasting([0, 10], [900, 910]), 50, NOW);
  equal(spansOf(scale), [
    [0, 10, false],
    [10, 900, true],
    [900, 910, false],
  ]);
  const [before, wait, after] = scale.spans.map(({ left, right }) => right - left);
  holds(Math.abs(before - after) < 1e-9 && wait < before + after, `the wait takes ${wait}`);
});

test('a short wait is not cut', () => {
  equal(spansOf(scaleOf(lasting([0, 10], [29, 39]), 20, NOW)), [[0, 39, false]]);
});

test('the picture of the detail cuts more than a row does', () => {
  const story = lasting([0, 10], [19, 29]);
  equal([scaleOf(story, 20, NOW).spans.length, scaleOf(story, undefined, NOW).spans.length], [1, 3]);
});

test('at most three stretches are cut', () => {
  const story = lasting([0, 1], [100, 101], [300, 301], [700, 701], [1500, 1501], [3100, 3101]);
  equal(scaleOf(story, undefined, NOW).spans.filter(({ isCut }) => isCut).length <= 3, true);
  equal(scaleOf(story, undefined, NOW).spans.filter(({ isCut }) => isCut).length >= 2, true);
});

test('one stretch at least is not cut, so that the axis has numbers', () => {
  for (const story of [lasting([0, 400]), stories['Only the resolver is known'], stories['The resolver does not get through']]) {
    for (const shared of [10, undefined]) {
      const { spans, ticks } = scaleOf(story, shared, NOW);
      equal([spans.some(({ isCut }) => !isCut), ticks.length > 0], [true, true]);
    }
  }
});

test('what nobody knows of comes before the story, cut', () => {
  const [unknown] = scaleOf(stories['Only the resolver is known'], undefined, NOW).spans;
  equal([unknown.from, unknown.to, unknown.isCut, unknown.left], [-1, 0, true, 0]);
});

test('each axis begins at 0, ends at 1, leaves no hole, and never runs back', () => {
  for (const [name, story] of Object.entries(stories)) {
    for (const shared of [10, 5000, undefined]) {
      const { spans, x, end } = scaleOf(story, shared, NOW);
      equal([spans[0].left, spans.at(-1).right], [0, 1], name);
      spans.forEach(({ left, right, from, to }, i) => {
        holds(right > left && to > from, `${name}: an empty span`);
        equal([left, from], i ? [spans[i - 1].right, spans[i - 1].to] : [0, from], `${name}: a hole`);
      });
      const [first, last] = [spans[0].from, spans.at(-1).to];
      const places = Array.from({ length: 201 }, (_, i) => x(first + ((last - first) * i) / 200));
      holds(
        places.every((place, i) => i === 0 || place >= places[i - 1]),
        `${name}: it runs back`,
      );
      equal([places[0], places.at(-1)], [0, 1], name);
      holds(last >= end, `${name}: it ends before the story`);
    }
  }
});

test('what lies beyond an axis is drawn at its edge', () => {
  const { x } = scaleOf(stories['All went well'], 20, NOW);
  equal([x(-5), x(1000)], [0, 1]);
});

test('the numbers on an axis are round, about six, and on what is shown', () => {
  equal([10, 50, 100, 5000].map(sharedTicks), [
    [0, 2, 4, 6, 8, 10],
    [0, 10, 20, 30, 40, 50],
    [0, 20, 40, 60, 80, 100],
    [0, 1000, 2000, 3000, 4000, 5000],
  ]);
  for (const [name, story] of Object.entries(stories)) {
    const { ticks, spans } = scaleOf(story, undefined, NOW);
    holds(ticks.length >= 1 && ticks.length <= 14, `${name}: ${ticks.length} numbers`);
    const shown = spans.filter(({ isCut }) => !isCut);
    holds(
      ticks.every((tick) => shown.some(({ from, to }) => tick > from - 1e-6 && tick < to + 1e-6)),
      `${name}: ${ticks} on ${JSON.stringify(shown)}`,
    );
    equal(
      ticks,
      [...new Set(ticks)].sort((a, b) => a - b),
      name,
    );
  }
});

test('an axis ends at 1, even if its parts do not add up to the last bit, or no replay would end', () => {
  const steps = (second) => [
    { from: 0, to: 1.337 },
    { from: second, to: second + 0.682 },
    { from: 11.78, to: 13.423 },
    { from: 13.735, to: 18.609 },
  ];
  const story = (second) => ({ isOver: true, isHealed: true, end: 18.609, gaps: [], steps: steps(second) });
  for (let i = 0; i < 500; i += 1) {
    const second = 2 + i / 70;
    equal(scaleOf(story(second)).spans.at(-1).right, 1, `with ${second}`);
  }
});

test('the axis above the rows has its numbers, and the last one its unit', () => {
  const drawn = (shared) => {
    const region = document.createElement('div');
    drawAxis(region, 800, shared);
    return [...region.querySelectorAll('text')].map(({ textContent }) => textContent);
  };
  equal(drawn(50), ['0', '10', '20', '30', '40', '50 ms']);
  equal(drawn(1000), ['0', '200', '400', '600', '800', '1 s']);
  equal(drawn(5000), ['0', '1 s', '2 s', '3 s', '4 s', '5 s']);
});

test('the axis is drawn again only if it has changed, and not before it has a width', () => {
  const region = document.createElement('div');
  drawAxis(region, 0, 50);
  equal(region.children.length, 0);
  drawAxis(region, 800, 50);
  const [first] = region.children;
  drawAxis(region, 800, 50);
  equal(region.children[0] === first, true, 'the same axis');
  drawAxis(region, 800, 100);
  equal(region.children[0] === first, false, 'another length');
});

test('the axis says in each language what it is', () => {
  const label = () => {
    const region = document.createElement('div');
    drawAxis(region, 800, 50);
    return region.firstChild.getAttribute('aria-label');
  };
  equal(inEach(label), {
    en: 'Time axis of the rows, 0 to 50 ms; a longer row has an axis of its own',
    zh: '各行共用的时间轴，0 至 50 毫秒；更长的行有自己的时间轴',
  });
});
