import { Healing } from '/js/break/healing.js';
import { resultOf } from '/js/picture/transaction.js';
import { readerCards } from '/js/stop/reader.js';
import { recorded } from '/js/stop/recorded.js';
import { isOver } from '/js/stop/stage.js';
import { stepEntries } from '/js/stop/steps.js';
import { takenSteps } from '/js/stop/taken.js';
import { equal, holds, inEach, test } from './cases.js';
import { withClock } from './clock.js';
import { vocabulary } from './java.js';
import { client, product } from './recorded-flow.js';
import { step, told } from './stories.js';
import { Wire, withWires } from './wire.js';

const steps = told().steps;
const entriesOf = (taken, options = {}) => stepEntries({ steps: taken }, { isOver: false, ...options });
const classes = (entries) => entries.map(({ className }) => className).join(' ');
const words = (entry) => entry.querySelector('.step-words').textContent;

test('the steps that are still to come are shown until it is over', () => {
  equal(classes(entriesOf(steps.slice(0, 3))), 'done done to-come to-come to-come to-come');
  equal(classes(entriesOf(steps)), 'done done done done done done');
  equal(classes(entriesOf(steps.slice(0, 4), { isOver: true })), 'done done done');
  equal(classes(stepEntries(undefined, { isOver: false })), 'to-come to-come to-come to-come to-come to-come', 'nothing is known yet');
});

test('a server without a database has asked others for its steps, of which the first decides', () => {
  const taken = takenSteps(client);
  equal(
    taken.map(({ kind, participant, outcome }) => [kind, participant, outcome]),
    [
      ['WORK', 'product', ''],
      ['WORK', 'order', ''],
      ['PREPARE', 'product', 'PREPARED'],
      ['PREPARE', 'order', 'PREPARED'],
      ['DECISION', 'product', 'COMMIT'],
      ['COMMIT', 'order', 'COMMIT'],
    ],
  );
  equal(classes(stepEntries(client, { isOver: true })), 'done done done done done done');
  equal(takenSteps(product), product.steps, 'who has a database tells of that');
});

test('a held order stands before the step that comes next', () => {
  equal(classes(entriesOf(steps.slice(0, 3), { heldAt: 'WORK' })), 'done done held to-come to-come to-come to-come');
  equal(classes(entriesOf(steps.slice(0, 5), { heldAt: 'PREPARED' })), 'done done done done held to-come to-come');
});

test('the six steps are the textbook’s, in each language', () => {
  equal(
    inEach(() => entriesOf(steps).map(words)),
    {
      en: [
        'Work in product: take the stock',
        'Work in orders: write the order',
        '① Prepare product, ② “OK”',
        '① Prepare orders, ② “OK”',
        '③ Commit product, ④ “OK”: the decision',
        '③ Commit orders, ④ “OK”',
      ],
      zh: [
        '在商品数据库中工作：扣减库存',
        '在订单数据库中工作：写入订单',
        '① 请商品数据库准备，② “OK”',
        '① 请订单数据库准备，② “OK”',
        '③ 请商品数据库提交，④ “OK”：这就是决定',
        '③ 请订单数据库提交，④ “OK”',
      ],
    },
  );
});

test('a step tells when it began, and how long it took', () => {
  const [taken, open] = entriesOf([step('WORK', 'product', 'C0', 1.4, 3.04), step('WORK', 'orders', 'F1', 2.6)]);
  equal(
    [taken, open].map((entry) => entry.querySelector('.step-time').textContent),
    ['at 1 ms, 1.6 ms', 'since 3 ms'],
  );
  equal(open.className, 'under-way');
});

test('a refusal promises no “OK”, and has the database’s own words', () => {
  const refused = { ...step('PREPARE', 'orders', 'F1', 1, 2, 'REFUSED'), reason: 'ERROR: could not serialize access' };
  const [entry] = entriesOf([refused]);
  equal([entry.className, words(entry), entry.querySelector('.step-outcome').textContent], ['failed', '① Prepare orders', 'ERROR: could not serialize access']);
});

test('our words for an outcome are in the reader’s language, and what was said besides follows', () => {
  const outcome = (kind, branch, word, reason) =>
    entriesOf([{ ...step(kind, 'product', branch, 1, 2, word), reason }])[0]
      .querySelector('.step-outcome')
      .textContent.trim();
  equal(
    inEach(() => [
      outcome('PREPARE', 'C0', 'NO_ANSWER', 'connection reset'),
      outcome('DECISION', 'C0', 'ABORT'),
      outcome('COMMIT', 'F1', 'ABORT'),
      outcome('COMMIT', 'F1', 'COMMIT_PENDING'),
      outcome('DECISION', 'C0', 'UNKNOWN'),
      outcome('ROLLBACK', 'F1', 'NOT_THERE'),
    ]),
    {
      en: [
        'No answer. connection reset',
        '④ “It was rolled back.”',
        'The decision was to roll back, so it was, too.',
        'Decided; left to the resolver.',
        'No answer.',
        'It was gone already.',
      ],
      zh: ['没有答复。 connection reset', '④ “它已被回滚。”', '决定是回滚，所以它也被回滚。', '已决定，留给恢复器完成。', '没有答复。', '它早已不在。'],
    },
  );
});

test('what the resolver settles is said', () => {
  const resolved = [step('RESOLVE', 'product', 'C0', 1, 2, 'ROLLBACK')];
  equal(words(entriesOf(resolved)[0]), 'The resolver settles it in product');
  equal(words(entriesOf([{ ...resolved[0], byOperator: true }])[0]), 'An operator settles it in product');
});

test('the resolver is awaited while a branch has promised and not ended', () =>
  withClock(() =>
    withWires(async () => {
      const healing = new Healing(() => undefined);
      const { orderId } = told().order;
      healing.watch(orderId);
      const isAwaited = (count, ...more) => {
        Wire.last.tell('transactions', { shown: [], open: [told({ steps: [...steps.slice(0, count), ...more] })] });
        return healing.isAwaited;
      };
      equal([isAwaited(3), isAwaited(5), isAwaited(6)], [false, true, true], 'at work, promised, decided');
      equal(isAwaited(6, step('RESOLVE', 'orders', 'F1', 300, 301, 'NO_ANSWER', 'FATAL: starting up')), true, 'it did not get through');
      equal(isAwaited(6, step('RESOLVE', 'orders', 'F1', 900, 901, 'COMMIT')), false, 'it has settled it');
    }),
  ));

test('after a no nothing more is to come', () => {
  const vetoed = [...steps.slice(0, 5), step('ROLLBACK', 'orders', 'F1', 7, 8, 'DONE'), step('ROLLBACK', 'product', 'C0', 8)];
  equal(classes(entriesOf(vetoed)), 'done done done done done under-way');
});

/** The outcomes that the protocol has for each step. */
const OUTCOMES = {
  WORK: ['', 'REFUSED'],
  PREPARE: ['PREPARED', 'NO_ANSWER', 'REFUSED'],
  DECISION: ['COMMIT', 'ABORT', 'UNKNOWN'],
  COMMIT: ['COMMIT', 'ABORT', 'UNKNOWN', 'COMMIT_PENDING'],
  ROLLBACK: ['DONE', 'NO_ANSWER', 'COMMIT', 'UNKNOWN'],
  RESOLVE: ['COMMIT', 'ROLLBACK', 'NO_ANSWER', 'REFUSED'],
};

test('what the picture calls done is done here, too, and nothing else', () => {
  const unlike = Object.entries(OUTCOMES).flatMap(([kind, outcomes]) =>
    outcomes
      .map((outcome) => step(kind, 'orders', 'F1', 1, 2, outcome))
      .filter((taken) => (entriesOf([taken])[0].className === 'done') !== (resultOf(taken) === 'yes')),
  );
  equal(
    unlike.map(({ kind, outcome }) => `${kind} ${outcome}`),
    [],
  );
});

test('whatever becomes of a step, no word of it is missing in any language', () => {
  for (const [kind, outcomes] of Object.entries(OUTCOMES)) {
    for (const outcome of [...outcomes, undefined]) {
      for (const branch of ['C0', 'F1']) {
        const taken = step(kind, 'ledger', branch, 1, outcome === undefined ? undefined : 2, outcome ?? '');
        const said = inEach(() => entriesOf([taken])[0].textContent);
        holds(!/undefined|NaN|\{\w+\}/.test(Object.values(said).join()), `${kind} ${outcome}: ${Object.values(said)}`);
      }
    }
  }
});

test('a hold is over in each state in which nothing more will come', () => {
  equal(
    vocabulary.HoldState.filter((state) => isOver({ state })),
    vocabulary.endedHolds,
  );
});

test('what was recorded for those who may hold nothing is a hold and both its ends, in full', () => {
  equal([recorded.held.state, recorded.commit.state, recorded.rollback.state], ['HELD', 'COMMITTED', 'ROLLED_BACK']);
  const { stock } = recorded.held.reader;
  const { quantity } = recorded.held.order;
  equal(
    [recorded.commit, recorded.rollback].map(({ reader }) => [reader.stock, reader.isOrderThere]),
    [
      [stock - quantity, true],
      [stock, false],
    ],
  );
  equal(classes(entriesOf(recorded.held.transaction.steps, { heldAt: recorded.held.at })), 'done done done done held to-come to-come');
  equal(classes(entriesOf(recorded.commit.transaction.steps, { isOver: true })), 'done done done done done done');
});

const HOLD = {
  state: 'HELD',
  order: { orderName: 'Breakfast' },
  reader: { stock: 1200, isOrderThere: false, productLock: { xid: '77', pid: 1234, application: 'lockstep' }, orderLock: { xid: '78', gid: '4871251_a' } },
};

const cards = (hold, before) => readerCards(hold, 'Tea', before).map(({ textContent }) => textContent);

test('another reader sees the old values, and who holds the locks', () => {
  equal(cards(HOLD), [
    'Product database: Tea1,200 in stockLocked by transaction 77: server process 1234, client “lockstep”.',
    'Orders database: the order “Breakfast”Not thereLocked by transaction 78, which is prepared and belongs to no process any more: 4871251_a',
    'Two plain reads, twice a second. They wait for nobody and see only what is committed.',
  ]);
});

test('after the end another reader sees what has changed', () => {
  const ended = { ...HOLD, state: 'COMMITTED', reader: { stock: 1198, isOrderThere: true } };
  equal(cards(ended, HOLD.reader).slice(0, 2), [
    'Product database: Tea1,2001,198 in stockchangedNot locked.',
    'Orders database: the order “Breakfast”It is therechangedNot locked.',
  ]);
  const undone = { ...HOLD, state: 'ROLLED_BACK', reader: { stock: 1200, isOrderThere: false } };
  equal(cards(undone, HOLD.reader).slice(0, 2), [
    'Product database: Tea1,200 in stockunchangedNot locked.',
    'Orders database: the order “Breakfast”Not thereunchangedNot locked.',
  ]);
});
