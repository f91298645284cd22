import { Replay } from '/js/picture/replay.js';
import { scaleOf } from '/js/picture/scale.js';
import { equal, holds, test } from './cases.js';
import { withClock } from './clock.js';
import { stories } from './stories.js';

const WHOLE = { spans: [{ from: 0, to: 10, left: 0, right: 1, isCut: false }], end: 10 };
const WITH_CUT = {
  spans: [
    { from: 0, to: 10, left: 0, right: 0.4, isCut: false },
    { from: 10, to: 900, left: 0.4, right: 0.6, isCut: true },
    { from: 900, to: 910, left: 0.6, right: 1, isCut: false },
  ],
  end: 910,
};

/** A replay, and what it last told. */
function replayOf(scale, edges = []) {
  const told = {};
  const replay = new Replay(scale, edges, (moment, place) => Object.assign(told, { moment, place }));
  return { replay, told };
}

const near = (actual, wanted, about) => holds(Math.abs(actual - wanted) < 1e-6, `${about ?? ''} expected ${wanted}, but was ${actual}`);

test('a place on the axis is a moment of the story, also beyond a cut', () => {
  const { replay, told } = replayOf(WITH_CUT);
  const moments = [0, 0.2, 0.4, 0.5, 0.6, 0.8, 1].map((place) => {
    replay.goTo(place);
    return told.moment;
  });
  [0, 5, 10, 455, 900, 905, 910].forEach((moment, i) => near(moments[i], moment));
});

test('no place lies beyond the axis', () => {
  const { replay, told } = replayOf(WHOLE);
  replay.goTo(-3);
  equal(told, { moment: 0, place: 0 });
  replay.goTo(7);
  equal(told, { moment: 10, place: 1 });
});

test('a replay is slowed down just enough to last seven seconds, and no more than a thousand times', () => {
  const speedOf = (to) => replayOf({ spans: [{ from: 0, to, left: 0, right: 1, isCut: false }], end: to }).replay.speed;
  equal([7, 9, 70, 71, 700, 5000].map(speedOf), [1000, 1000, 100, 100, 10, 10]);
  equal(speedOf(24), 300);
  equal(replayOf(WITH_CUT).replay.speed, 1000, 'what is cut does not count');
});

test('on the shared axis only the story itself counts for the speed', () => {
  equal(replayOf({ spans: [{ from: 0, to: 5000, left: 0, right: 1, isCut: false }], end: 70 }).replay.speed, 100);
});

test('steps go from one beginning or end to the next, and back', () => {
  const { replay, told } = replayOf(WHOLE, [0.5, 0.2, 0.5, 0.9]);
  const walk = (direction, times) =>
    Array.from({ length: times }, () => {
      replay.step(direction);
      return told.place;
    });
  replay.goTo(0);
  equal(walk(1, 5), [0.2, 0.5, 0.9, 1, 1]);
  equal(walk(-1, 5), [0.9, 0.5, 0.2, 0, 0]);
  replay.goTo(0.3);
  equal(walk(1, 1), [0.5], 'from between');
});

test('a replay from its end begins anew, and runs to the end in its time', () =>
  withClock(async (clock) => {
    const { replay, told } = replayOf(WHOLE);
    replay.speed = 100; // 10 ms last 1 s
    replay.play();
    equal([replay.isPlaying, told.place], [true, 0]);
    await clock.pass(500);
    holds(told.place > 0.45 && told.place < 0.52, `after half its time it is at ${told.place}`);
    await clock.pass(600);
    equal([replay.isPlaying, told.place, told.moment, clock.waiting], [false, 1, 10, 0]);
  }));

test('what the axis leaves out passes in about a second', () =>
  withClock(async (clock) => {
    const { replay, told } = replayOf(WITH_CUT);
    replay.speed = 100;
    replay.goTo(0.4);
    replay.play();
    await clock.pass(600);
    holds(told.place > 0.46 && told.place < 0.54, `half way it is at ${told.place}`);
    await clock.pass(700);
    holds(told.place >= 0.6, `it is still at ${told.place}`);
  }));

test('no stretch is jumped over, however fast it goes', () =>
  withClock(async (clock) => {
    const { replay, told } = replayOf(WITH_CUT);
    replay.speed = 10; // 10 ms last 100 ms, a frame 16 ms
    replay.goTo(0.39);
    replay.play();
    await clock.pass(16);
    equal(told.place, 0.4, 'one frame led to');
  }));

test('a pause stands still, and going on goes on from there', () =>
  withClock(async (clock) => {
    const { replay, told } = replayOf(WHOLE);
    replay.speed = 100;
    replay.play();
    await clock.pass(300);
    const at = told.place;
    replay.halt();
    equal([replay.isPlaying, clock.waiting], [false, 0]);
    await clock.pass(1000);
    equal(told.place, at);
    replay.play();
    await clock.pass(100);
    holds(told.place > at && told.place < at + 0.15, `from ${at} to ${told.place}`);
  }));

test('a step ends the playing', () =>
  withClock(async (clock) => {
    const { replay, told } = replayOf(WHOLE, [0.5]);
    replay.speed = 100;
    replay.play();
    await clock.pass(100);
    replay.step(1);
    await clock.pass(1000);
    equal([replay.isPlaying, told.place], [false, 0.5]);
  }));

test('each story can be replayed to its end', () =>
  withClock(async (clock) => {
    for (const [name, story] of Object.entries(stories)) {
      const scale = scaleOf(story, undefined, story.began + 1000);
      const { replay, told } = replayOf(scale);
      replay.play();
      await clock.passUntil(() => !replay.isPlaying);
      equal(told.place, 1, name);
      near(told.moment, scale.spans.at(-1).to, name);
    }
  }));
