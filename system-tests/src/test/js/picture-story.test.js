import { ticketStory, waitOf } from '/js/picture/ticket.js';
import { isRumour, merge, outcomesOf, resultOf, storyOf } from '/js/picture/transaction.js';
import { equal, test } from './cases.js';
import { client } from './recorded-flow.js';
import { BEGAN, partsOf, step, stories, storyFrom, told, toldTicket } from './stories.js';

const pick = (story, ...names) => Object.fromEntries(names.map((name) => [name, story[name]]));

test('each story ends, or not, as what was told of it says', () => {
  const states = Object.fromEntries(
    Object.entries(stories).map(([name, { state, isOver, isHealed, isHalf }]) => [
      name,
      [state, isOver && 'over', isHealed && 'healed', isHalf && 'half'].filter(Boolean).join(' '),
    ]),
  );
  equal(states, {
    'All went well': 'COMMITTED over',
    'Only one took part': 'COMMITTED over',
    'A branch only read': 'COMMITTED over',
    'Too little was in stock': 'ABORTED over',
    'A prepare was refused': 'ABORTED over',
    'Nobody answered the decision': 'IN_DOUBT',
    'The second commit is left': 'COMMITTING',
    'The second commit was healed': 'COMMITTED over healed',
    'It is at work': 'ACTIVE',
    'It is being prepared': 'PREPARING',
    'It is prepared': 'PREPARED',
    'A connection broke at work': 'ABORTED over',
    'The coordinator died at work': 'ABORTED over',
    'The coordinator died before its decision': 'IN_DOUBT',
    'The next process committed it': 'COMMITTED over healed',
    'The next process rolled it back': 'ABORTED over healed',
    'Only the resolver is known': 'COMMITTED over healed half',
    'The resolver does not get through': 'IN_DOUBT half',
    'It was settled elsewhere': 'IN_DOUBT over',
    'An operator rolled it back': 'ABORTED over healed half',
    'A third database took part': 'COMMITTED over',
    'A ticket was served': 'READY over',
    'A ticket was sold out': 'SOLD_OUT over',
  });
});

test('a later look takes an earlier one’s place, even if it comes late', () => {
  const early = told({ steps: told().steps.slice(0, 3) });
  const known = merge(merge(undefined, early, 'p'), told(), 'p');
  equal(
    known.parts.map((part) => part.told.steps.length),
    [7],
  );
  equal(merge(known, early, 'p') === known, true, 'the earlier look came late');
});

test('what a later process tells is a part of its own, in the order of time', () => {
  const [[, first], [, second]] = partsOf('The next process committed it');
  const inOrder = merge(merge(undefined, first, 'p'), second, 'q');
  const reversed = merge(merge(undefined, second, 'q'), first, 'p');
  equal(inOrder, reversed);
  equal(
    inOrder.parts.map(({ process }) => process),
    ['p', 'q'],
  );
});

test('a healed story’s times go on through the gap between its coordinators', () => {
  const { steps, gaps, end, order, answer } = stories['The next process committed it'];
  equal(pick(steps.at(-1), 'kind', 'from', 'to'), { kind: 'RESOLVE', from: 5001, to: 5002 });
  equal(gaps, [{ from: 8, to: 5000 }]);
  equal(end, 5003);
  equal([order.productId, answer], [7, undefined]);
});

test('a step that a death cut ends with the death', () => {
  const { steps } = stories['The coordinator died before its decision'];
  equal(pick(steps.at(-1), 'kind', 'from', 'to', 'lost'), { kind: 'DECISION', from: 5, to: 8, lost: 'death' });
  equal(pick(steps[0], 'kind', 'to', 'lost'), { kind: 'REQUEST', to: 8, lost: 'death' });
});

test('a death leaves a gap that is still open', () => {
  equal(stories['The coordinator died before its decision'].gaps, [{ from: 8, to: undefined }]);
  equal(stories['It is prepared'].gaps, [], 'its coordinator lives');
});

test('work whose client has its answer went with its connection', () => {
  const { steps, end } = stories['A connection broke at work'];
  equal(pick(steps.at(-1), 'to', 'lost'), { to: 20, lost: 'connection' });
  equal(end, 20, 'what comes after the answer is not told');
});

test('a coordinator that died before anything was prepared left nothing to settle', () => {
  equal(pick(stories['The coordinator died at work'], 'state', 'isOrphan', 'isOver'), { state: 'ABORTED', isOrphan: true, isOver: true });
});

test('of a caller that died: who had heard the decision tells it; who had votes does not know it; before that nothing was prepared', () => {
  const diedAfter = (heard) => {
    const messages = client.messages.map((message, i) => (i < heard ? message : { ...message, to: undefined, outcome: '' })).slice(0, heard + 1);
    const parts = [{ told: { ...client, state: 'ENDING', messages }, process: 'p' }];
    return storyOf({ globalId: 'g', parts }, 'q').state;
  };
  equal([5, 4, 3, 1].map(diedAfter), ['COMMITTED', 'IN_DOUBT', 'IN_DOUBT', 'ABORTED']);
});

test('a caller that lives and rolls back is not in doubt, though it had heard a vote', () => {
  const messages = client.messages.slice(0, 3);
  const parts = [{ told: { ...client, state: 'ABORTING', answer: 409, messages }, process: 'p' }];
  equal(storyOf({ globalId: 'g', parts }, 'p').state, 'ABORTED');
});

test('the resolver’s look at what has just ended is left out', () => {
  const look = {
    ...told({ began: '2026-01-01T10:00:01.000Z', state: 'IN_DOUBT', steps: [step('RESOLVE', 'orders', 'F1', 0, 1, 'prepared transaction does not exist')] }),
  };
  const story = storyFrom([
    ['p', told()],
    ['q', look],
  ]);
  equal(pick(story, 'state', 'end', 'isHealed'), { state: 'COMMITTED', end: 10, isHealed: false });
});

test('the commit point is known as soon as one part tells it', () => {
  const [[, first], [, second]] = partsOf('The next process committed it');
  const parts = [
    ['p', { ...first, commitPoint: '' }],
    ['q', { ...second, commitPoint: 'product' }],
  ];
  equal(storyFrom(parts).commitPoint, 'product');
  equal(storyFrom([['p', told({ commitPoint: '' })]]).commitPoint, '');
});

test('telling the story again changes nothing in what was told', () => {
  const [[process, part]] = partsOf('It is at work');
  const known = merge(undefined, part, process);
  const before = JSON.stringify(known);
  storyOf(known, 'another process');
  equal(JSON.stringify(known), before);
});

/** What each outcome means for each kind of step. */
const RESULTS = {
  WORK: { '': 'yes', REFUSED: 'silent' },
  PREPARE: { PREPARED: 'yes', READ_ONLY: 'readOnly', NO_ANSWER: 'silent', REFUSED: 'no' },
  DECISION: { COMMIT: 'yes', ABORT: 'no', UNKNOWN: 'silent', COMMIT_PENDING: 'left' },
  COMMIT: { COMMIT: 'yes', ABORT: 'no', UNKNOWN: 'silent', COMMIT_PENDING: 'left', REFUSED: 'no', NO_ANSWER: 'silent' },
  ROLLBACK: { DONE: 'yes', NOT_THERE: 'yes', COMMIT: 'no', NO_ANSWER: 'silent', UNKNOWN: 'silent' },
  RESOLVE: { COMMIT: 'yes', ROLLBACK: 'yes', NO_ANSWER: 'silent', NOT_THERE: 'silent', REFUSED: 'silent' },
  TAKE: { GRANTED: 'yes', REFUSED: 'no' },
  SETTLE: { READY: 'yes', SOLD_OUT: 'yes' },
};

test('each outcome of each step means yes, no, silence, or that it is left to the resolver', () => {
  const results = Object.fromEntries(
    Object.entries(RESULTS).map(([kind, outcomes]) => [
      kind,
      Object.fromEntries(Object.keys(outcomes).map((outcome) => [outcome, resultOf({ kind, to: 1, outcome })])),
    ]),
  );
  equal(results, RESULTS);
});

test('a step without an end is open, or cut by a death, or lost with its connection', () => {
  equal(
    [
      resultOf({ kind: 'PREPARE', outcome: '' }),
      resultOf({ kind: 'PREPARE', to: 1, outcome: '', lost: 'death' }),
      resultOf({ kind: 'WORK', to: 1, outcome: '', lost: 'connection' }),
    ],
    ['open', 'cut', 'lost'],
  );
});

test('a branch that others have ended, or may in a moment, is a rumour', () => {
  const half = stories['The resolver does not get through'];
  equal([isRumour(half, half.began + 3999), isRumour(half, half.began + 4000)], [true, false]);
  equal(isRumour({ ...half, isOver: true }, half.began + 100_000), true, 'somebody else has ended it');
  equal(isRumour(stories['Only the resolver is known'], half.began), false, 'the resolver has healed it');
  equal(isRumour(stories['It is prepared'], Date.parse(BEGAN)), false, 'its coordinator is known');
});

test('the filter finds what was healed under doubt, too', () => {
  equal(
    [
      'All went well',
      'A prepare was refused',
      'The second commit was healed',
      'The next process rolled it back',
      'It was settled elsewhere',
      'It is at work',
      'A ticket was served',
      'A ticket was sold out',
    ].map((name) => outcomesOf(stories[name]).join()),
    ['committed', 'aborted', 'committed,doubt', 'aborted,doubt', 'doubt', '', 'committed', ''],
  );
});

test('a ticket is a story that is over, and has waited from its giving to its call', () => {
  const story = ticketStory(toldTicket());
  equal(pick(story, 'globalId', 'isOver', 'answer', 'end', 'together'), {
    globalId: toldTicket().ticketId,
    isOver: true,
    answer: 202,
    end: 48,
    together: 3,
  });
  equal(waitOf(story), { from: 3, to: 40 });
});
