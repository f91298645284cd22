import { Detail } from '/js/picture/detail.js';
import { Example } from '/js/picture/example.js';
import { lanesOf, shapesOf } from '/js/picture/shapes.js';
import { badge, titleOf } from '/js/picture/titles.js';
import { meaningOf, messagesOf, sentencesOf, summaryOf } from '/js/picture/words.js';
import { equal, holds, inEach, test } from './cases.js';
import { step, stories } from './stories.js';
import { strings } from './strings.js';

const sentences = (name) =>
  sentencesOf(stories[name]).map(({ key, ending = '' }) =>
    [key, ending]
      .map((each) => each.replace('picture.', ''))
      .join(' ')
      .trim(),
  );

test('a story is told in the order in which things began, the client’s wish first', () => {
  equal(sentences('All went well'), [
    'say.asks',
    'say.work end.work.yes',
    'say.work end.work.yes',
    'say.prepare end.prepare.yes',
    'say.prepare end.prepare.yes',
    'say.decision end.decision.yes',
    'say.commit end.commit.yes',
    'say.told',
  ]);
});

test('orders that came together share a commit, unless they were rolled back', () => {
  const titleIn = (state) => titleOf({ ...stories['All went well'], subjectCount: 7, state });
  equal(['IN_DOUBT', 'COMMITTED', 'ABORTING', 'ABORTED'].map(titleIn), [
    '7 orders, one commit',
    '7 orders, one commit',
    '7 orders, one transaction',
    '7 orders, one transaction',
  ]);
});

test('a lone branch commits in one phase', () => {
  equal(sentences('Only one took part'), ['say.asks', 'say.work end.work.yes', 'say.onePhase end.onePhase.yes', 'say.told']);
});

test('the wish is told first even if the work began at once', () => {
  const story = { ...stories['All went well'], steps: stories['All went well'].steps.map((each) => ({ ...each, from: 0 })) };
  equal(sentencesOf(story)[0].key, 'picture.say.asks');
});

test('a refusal is told with the database’s own words', () => {
  const refused = sentencesOf(stories['A prepare was refused']).find(({ ending }) => ending === 'picture.end.prepare.no');
  equal(refused.reason, 'ERROR: could not serialize access');
});

test('a sentence says how long it took, if that is known', () => {
  const lengths = (name, key) =>
    sentencesOf(stories[name])
      .filter((one) => one.key === `picture.say.${key}`)
      .map(({ values }) => values.millis);
  equal(lengths('All went well', 'told'), [10]);
  equal(lengths('All went well', 'work'), [2, 1]);
  equal(lengths('The next process committed it', 'dead'), [4992]);
  equal(lengths('The coordinator died before its decision', 'deadStill'), [undefined]);
  equal(lengths('It is being prepared', 'prepare'), [undefined]);
});

test('what a database or the driver said is the reason, and our own words are none', () => {
  const reasonFor = (outcome, reason) => sentencesOf({ steps: [{ ...step('PREPARE', 'orders', 'F1', 1, 2, outcome), reason }], gaps: [] })[0].reason;
  equal(
    [reasonFor('PREPARED'), reasonFor('NO_ANSWER'), reasonFor('NO_ANSWER', 'connection reset'), reasonFor('REFUSED', 'ERROR: no')],
    ['', '', 'connection reset', 'ERROR: no'],
  );
});

test('a death cuts what was under way, and is told where it happened', () => {
  equal(sentences('The coordinator died before its decision').slice(-3), ['say.decision end.decision.cut', 'say.toldNothing', 'say.deadStill']);
  equal(sentences('The next process committed it').slice(-2), ['say.dead', 'say.resolve end.resolve.commit']);
  equal(sentences('The next process rolled it back').slice(-2), Array(2).fill('say.resolve end.resolve.rollback'));
});

test('of what only the resolver knows, the unknown is told first', () => {
  equal(sentences('Only the resolver is known'), ['say.unseen', 'say.resolve end.resolve.commit']);
});

test('a ticket is told in its small steps, and how long it waited', () => {
  equal(sentences('A ticket was served'), [
    'say.asksTicket',
    'say.give end.give.yes',
    'say.wait',
    'say.told',
    'say.call end.call.yes',
    'say.take end.take.yes',
    'say.settle end.settle.ready',
  ]);
  equal(sentences('A ticket was sold out').slice(-2), ['say.take end.take.no', 'say.settle end.settle.sold_out']);
  equal(sentencesOf(stories['A ticket was served']).find(({ key }) => key === 'picture.say.wait').values.millis, 37);
});

/** All that the protocol can tell of a step, its end not yet, or never, included. */
const OUTCOMES = {
  WORK: ['', 'REFUSED', 'NO_ANSWER'],
  PREPARE: ['PREPARED', 'NO_ANSWER', 'REFUSED'],
  DECISION: ['COMMIT', 'ABORT', 'UNKNOWN', 'COMMIT_PENDING'],
  COMMIT: ['COMMIT', 'ABORT', 'UNKNOWN', 'COMMIT_PENDING', 'REFUSED', 'NO_ANSWER'],
  ROLLBACK: ['DONE', 'NOT_THERE', 'NO_ANSWER', 'ABORT', 'COMMIT', 'UNKNOWN'],
  RESOLVE: ['COMMIT', 'ROLLBACK', 'NO_ANSWER', 'NOT_THERE', 'REFUSED'],
};

const allSteps = () =>
  Object.entries(OUTCOMES).flatMap(([kind, outcomes]) =>
    ['C0', 'F1'].flatMap((branch) => [
      ...outcomes.map((outcome) => step(kind, 'product', branch, 1, 2, outcome)),
      step(kind, 'product', branch, 1),
      ...(kind === 'RESOLVE' ? outcomes.map((outcome) => ({ ...step(kind, 'product', branch, 1, 2, outcome), byOperator: true })) : []),
      { ...step(kind, 'product', branch, 1, 2), lost: 'death' },
      ...(kind === 'WORK' ? [{ ...step(kind, 'product', branch, 1, 2), lost: 'connection' }] : []),
    ]),
  );

test('whatever becomes of a step, there is a sentence for it in each language', () => {
  const keys = allSteps().flatMap((each) => sentencesOf({ steps: [each], gaps: [] }).flatMap(({ key, ending }) => [key, ending]));
  for (const [language, words] of Object.entries(strings)) {
    equal([...new Set(keys.filter((key) => !(key in words)))], [], language);
  }
});

test('whatever becomes of a step, there are messages for it in each language', () => {
  const keys = allSteps().flatMap((each) =>
    [true, false].flatMap((isOver) => messagesOf({ steps: [each], gaps: [], isOver }).flatMap(({ messages }) => messages.map(({ key }) => key))),
  );
  for (const [language, words] of Object.entries(strings)) {
    equal([...new Set(keys.filter((key) => !(key in words)))], [], language);
  }
});

test('whatever the state, there is a summary for it in each language', () => {
  for (const [name, story] of Object.entries(stories)) {
    const { key } = summaryOf(story);
    equal(
      Object.values(strings).map((words) => typeof words[key]),
      ['string', 'string'],
      `${name}: ${key}`,
    );
  }
  const summaries = Object.fromEntries(
    [
      'The second commit was healed',
      'The next process rolled it back',
      'The coordinator died at work',
      'The coordinator died before its decision',
      'Nobody answered the decision',
      'It was settled elsewhere',
      'The second commit is left',
    ].map((name) => [name, summaryOf(stories[name]).key.replace('picture.sum.', '')]),
  );
  equal(summaries, {
    'The second commit was healed': 'healed.COMMITTED',
    'The next process rolled it back': 'healed.ABORTED',
    'The coordinator died at work': 'vanished',
    'The coordinator died before its decision': 'orphan',
    'Nobody answered the decision': 'IN_DOUBT',
    'It was settled elsewhere': 'elsewhere',
    'The second commit is left': 'COMMITTING',
  });
});

test('an HTTP status has a meaning, and a strange one has the general one', () => {
  const known = [200, 201, 202, 400, 404, 409, 503];
  equal(
    known.map(meaningOf),
    known.map((status) => `picture.answer.${status}`),
  );
  equal([418, 500, undefined].map(meaningOf), Array(3).fill('picture.answer.other'));
});

const messages = (name, participant) =>
  messagesOf(stories[name])
    .find((one) => one.participant === participant)
    .messages.map(({ key }) => key.replace('picture.message.', ''));

test('the four messages between the coordinator and each database are those of the textbook', () => {
  equal(messages('All went well', 'product'), ['prepare', 'yes', 'commit', 'done']);
  equal(messages('All went well', 'orders'), ['prepare', 'yes', 'commit', 'done']);
  equal(messages('A prepare was refused', 'product'), ['prepare', 'yes', 'rollback', 'done']);
  equal(messages('A prepare was refused', 'orders'), ['prepare', 'no', 'none', 'none']);
  equal(messages('Only one took part', 'product'), ['none', 'none', 'commit', 'done']);
});

test('only of what was told from its beginning to its end is it said that a message was not sent', () => {
  equal(messages('Only the resolver is known', 'orders'), ['unrecorded', 'unrecorded', 'commit', 'done']);
  equal(messages('An operator rolled it back', 'orders'), ['unrecorded', 'unrecorded', 'rollback', 'done']);
  equal(messages('The coordinator died at work', 'product'), ['unrecorded', 'unrecorded', 'unrecorded', 'unrecorded']);
  equal(messages('It was settled elsewhere', 'orders'), ['prepare', 'yes', 'unrecorded', 'unrecorded']);
  equal(messages('It is being prepared', 'product'), ['prepare', 'open', 'open', 'open']);
});

test('what an operator did is told as an operator’s, and not as the healing of a crash', () => {
  const story = stories['An operator rolled it back'];
  equal(summaryOf(story).key, 'picture.sum.byHand.ABORTED');
  equal(badge(story).textContent, '✕by hand: rolled back');
  equal(sentences('An operator rolled it back'), ['say.unseen', 'say.byHand end.byHand.rollback']);
  equal(
    messagesOf(story)[0].messages.map(({ by }) => by),
    [undefined, undefined, 'operator', 'operator'],
  );
});

test('the four messages are numbered, and told at their moments', () => {
  const [product] = messagesOf(stories['All went well']);
  equal(
    product.messages.map(({ number, at }) => [number, at]),
    [
      [1, 3],
      [2, 4],
      [3, 5],
      [4, 7],
    ],
  );
});

test('what the resolver did takes the place of the message that got lost', () => {
  equal(messages('The coordinator died before its decision', 'product'), ['prepare', 'yes', 'commit', 'cut']);
  equal(messages('The next process rolled it back', 'orders'), ['prepare', 'yes', 'rollback', 'done']);
  const [healed] = messagesOf(stories['Only the resolver is known']);
  equal(
    healed.messages.map(({ by }) => by),
    [undefined, undefined, 'resolver', 'resolver'],
  );
});

test('a ticket has no coordinator and no lane for one; a third database has a lane', () => {
  equal(lanesOf(stories['All went well']), ['client', 'coordinator', 'product', 'orders']);
  equal(lanesOf(stories['A ticket was served']), ['client', 'product', 'orders']);
  equal(lanesOf(stories['A third database took part']), ['client', 'coordinator', 'product', 'orders', 'ledger']);
});

const shapes = (name, wanted) =>
  shapesOf(stories[name])
    .filter(({ form }) => form === wanted)
    .map(({ lane, from, at, until }) => [lane, from ?? at, until]);

test('locks are held from the work to the commit, and in doubt until somebody ends it', () => {
  equal(shapes('All went well', 'locks'), [
    ['product', 1, 7],
    ['orders', 2, 9],
  ]);
  equal(shapes('All went well', 'doubt'), []);
  equal(shapes('Nobody answered the decision', 'doubt'), [['product', 11, undefined]]);
  equal(shapes('The second commit was healed', 'doubt'), [['orders', 11, 1300]]);
});

test('the point of no return is the first commit, and there is none without it', () => {
  equal(shapes('All went well', 'decision'), [['product', 7, undefined]]);
  for (const name of ['A prepare was refused', 'Nobody answered the decision', 'The coordinator died before its decision', 'A ticket was served']) {
    equal(shapes(name, 'decision'), [], name);
  }
});

test('where the coordinator is dead nobody lives on its lane until the next one', () => {
  equal(shapes('The next process committed it', 'dead'), [['coordinator', 8, 5000]]);
  equal(shapes('The coordinator died before its decision', 'dead'), [['coordinator', 8, undefined]]);
  equal(shapes('Only the resolver is known', 'dead'), [], 'whether it was dead is not known');
  equal(shapes('Only the resolver is known', 'unrecorded'), [['coordinator', -1, 0]]);
});

test('both databases are in doubt while the coordinator that prepared them is dead', () => {
  equal(shapes('The coordinator died before its decision', 'doubt'), [
    ['product', 8, undefined],
    ['orders', 8, undefined],
  ]);
});

test('what was not prepared lets go of its locks with its connection', () => {
  equal(shapes('The coordinator died at work', 'locks'), [
    ['product', 1, 8],
    ['orders', 2, 8],
  ]);
});

test('a refusal gives its locks back at once, the others at their rollback', () => {
  equal(shapes('A prepare was refused', 'locks'), [
    ['product', 1, 6],
    ['orders', 2, 5],
  ]);
  equal(shapes('A prepare was refused', 'doubt'), []);
});

test('a branch that wrote nothing has said yes to either end, and is over', () => {
  equal(shapes('A branch only read', 'locks'), [
    ['product', 1, 7],
    ['orders', 2, 5],
  ]);
  equal(shapes('A branch only read', 'doubt'), []);
  equal(sentences('A branch only read').slice(4, 5), ['say.prepare end.prepare.readOnly']);
});

test('what is still under way keeps its locks, and its coordinator lives on', () => {
  equal(shapes('It is prepared', 'locks'), [
    ['product', 1, undefined],
    ['orders', 2, undefined],
  ]);
  equal(shapes('It is being prepared', 'life'), [['coordinator', 0, undefined]]);
  equal(shapes('All went well', 'life'), [['coordinator', 0, 10]]);
});

test('a request ends with its answer, or is cut by a death', () => {
  const request = (name) =>
    shapesOf(stories[name])
      .filter(({ lane }) => lane === 'client')
      .map(({ form, isCut, answer }) => [form, isCut ?? answer]);
  equal(request('All went well'), [
    ['request', false],
    ['answer', 201],
  ]);
  equal(request('The coordinator died before its decision'), [['request', true]]);
  equal(request('Only the resolver is known'), []);
});

test('a ticket holds its queue from the call to its end, and the stock only while it is taken', () => {
  equal(shapes('A ticket was served', 'locks'), [
    ['orders', 40, 48],
    ['product', 42, 45],
  ]);
  equal(shapes('A ticket was served', 'wait'), [['orders', 3, 40]]);
});

/** While `body` runs, an element of this kind is in the page. */
function withElement(kind, body) {
  const made = document.createElement(kind);
  made.style.width = '900px';
  document.body.append(made);
  try {
    body(made);
  } finally {
    made.remove();
  }
}

test('the parts of a picture say what they are to who points at one', () => {
  withElement('dialog', (dialog) => {
    new Detail(dialog, (id) => `Product ${id}`).show(stories['The next process committed it']);
    const titled = (selector) => [...dialog.querySelectorAll(selector)].map((shape) => shape.querySelector('title')?.textContent);
    equal(titled('.step').length, 6);
    holds(titled('.step').every(Boolean), `a step says nothing: ${titled('.step')}`);
    equal(titled('.step.resolve'), ['The resolver finds the orders database prepared and settles it: 1 ms. The decision is there, so it commits.']);
    equal(titled('.dead'), ['Dead: no coordinator lives']);
    dialog.close();
  });
});

test('a moment can be shown, at which the picture stands still', () => {
  withElement('dialog', (dialog) => {
    new Detail(dialog, (id) => `Product ${id}`).show(stories['All went well'], 5);
    equal(dialog.querySelector('.detail-steps .now .when').textContent, '4 ms');
    equal(dialog.querySelector('#replay-play').textContent, '▶ Slow motion');
    dialog.close();
  });
});

test('while there are no orders a recorded one is shown, and each stop of its tour is at a later moment', () => {
  withElement('section', (section) => {
    const opened = [];
    const example = new Example(section, (story, moment) => opened.push([story.state, moment]));
    const words = inEach(() => {
      example.render();
      return section.textContent;
    });
    holds(words.en.includes('A yes is a promise that outlives a crash') && words.en.includes('Only the first commit decides'), words.en);
    holds(words.zh.includes('崩溃也不失效的承诺') && words.zh.includes('只有第一次提交作决定'), words.zh);
    section.querySelector('.row').click();
    section.querySelectorAll('#tour button').forEach((button) => button.click());
    equal(
      opened.map(([state]) => state),
      Array(5).fill('COMMITTED'),
    );
    const moments = opened.slice(1).map(([, moment]) => moment);
    equal([moments.length, moments], [4, [...moments].sort((a, b) => a - b)]);
  });
});

test('each story can be shown in full, in each language, without a word missing', () => {
  withElement('dialog', (dialog) => {
    const detail = new Detail(dialog, (id) => `Product ${id}`);
    for (const [name, story] of Object.entries(stories)) {
      inEach(() => {
        detail.show(story);
        const words = dialog.innerHTML;
        holds(!/undefined|NaN|Infinity|\{\w+\}/.test(words), `${name}: ${words.match(/.{80}(undefined|NaN|Infinity|\{\w+\}).{20}/)?.[0]}`);
      });
    }
    dialog.close();
  });
});
