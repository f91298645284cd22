import { Board } from '/js/picture/board.js';
import { equal, holds, test } from './cases.js';
import { BEGAN, partsOf, step, told, toldTicket } from './stories.js';

const START = Date.parse(BEGAN);
const QUIET = { process: 'p', shown: [], open: [], tickets: [] };

/** So many transactions that ended one second after the other, but for what is given. */
const many = (count, changes = {}, name = 't') =>
  Array.from({ length: count }, (_, i) => told({ globalId: `${name}${i}`, began: new Date(START + i * 1000).toISOString(), ...changes }));

const ABORTED = { state: 'ABORTED', answer: 409 };

/** A board that has listed what these messages told. */
function boardOf(...messages) {
  const board = new Board();
  messages.forEach((message) => board.take({ ...QUIET, ...message }, START));
  board.refill(START + 1_000_000);
  return board;
}

test('the newest row is the first', () => {
  equal(boardOf({ shown: many(3) }).rows(), ['t2', 't1', 't0']);
});

test('of what is told first all is listed at once, fifty rows at most', () => {
  const rows = boardOf({ shown: many(70) }).rows();
  equal([rows.length, rows[0], rows.at(-1)], [50, 't69', 't20']);
});

test('whatever changes the rows, or what is known of one of them, makes another edition, and nothing else does', () => {
  const [[, open]] = partsOf('It is at work');
  const board = new Board();
  const isNew = (act) => {
    const before = board.edition;
    act();
    return board.edition !== before;
  };
  const take = (message) => () => board.take({ ...QUIET, ...message }, START);
  equal(isNew(take({ open: [open] })), false, 'it waits');
  equal(
    isNew(() => board.refill(START)),
    true,
    'what was told first is listed',
  );
  equal(isNew(take({ shown: many(1) })), false, 'another one waits');
  equal(
    isNew(() => board.beat(START)),
    true,
    'it comes in',
  );
  equal(isNew(take({ shown: [told()] })), true, 'a row has ended');
  equal(isNew(take({})), false, 'nothing was told');
});

test('what arrives later comes in beats of a few, the newest of them', () => {
  const board = boardOf({ shown: many(2, {}, 'old') });
  board.take({ ...QUIET, shown: many(20) }, START);
  equal(board.rows().length, 2, 'before the beat');
  equal([board.waiting, board.beat(START), board.waiting], [20, 6, 0]);
  equal(
    board.rows().filter((id) => id.startsWith('t')),
    ['t19', 't18', 't17', 't16', 't15', 't14'],
  );
});

test('after a beat the rows stand still for a second', () => {
  const board = boardOf();
  board.take({ ...QUIET, shown: many(1, {}, 'a') }, START);
  equal(board.beat(START), 1);
  board.take({ ...QUIET, shown: many(1, {}, 'b') }, START);
  equal([board.beat(START + 999), board.beat(START + 1000)], [0, 1]);
});

test('those with trouble come first in a beat, and one that went well at least', () => {
  const board = boardOf();
  board.take({ ...QUIET, shown: [...many(20, ABORTED, 'no'), ...many(20, {}, 'yes')] }, START);
  equal(board.beat(START), 13);
  const rows = board.rows();
  equal([rows.filter((id) => id.startsWith('no')).length, rows.filter((id) => id.startsWith('yes'))], [12, ['yes19']]);
});

test('while somebody looks nothing moves, and what came meanwhile is counted', () => {
  const board = boardOf({ shown: many(1, {}, 'old') });
  board.isPaused = true;
  board.take({ ...QUIET, shown: many(5) }, START);
  equal([board.beat(START), board.rows(), board.waiting], [0, ['old0'], 5]);
  board.isPaused = false;
  equal([board.beat(START), board.rows().length], [5, 6]);
});

test('however much arrives, what is known and what waits is bounded, and the rows stay known', () => {
  const board = boardOf({ shown: many(50, {}, 'row') });
  board.isPaused = true;
  for (let i = 0; i < 40; i++) {
    board.take({ ...QUIET, shown: [...many(50, {}, `yes${i}-`), ...many(50, ABORTED, `no${i}-`)] }, START);
  }
  holds(board.waiting <= 200, `${board.waiting} wait`);
  holds(board.size <= 50 + 200 + 50 + 100 + 150, `${board.size} are known`);
  equal(
    board.rows().filter((id) => !board.story(id)),
    [],
  );
});

test('what was slowest is not forgotten', () => {
  const slow = told({ globalId: 'slow', millis: 9000, steps: [step('REQUEST', '', '', 0, 9000, '201')] });
  const board = boardOf({ shown: [slow, ...many(49, {}, 'row')] });
  board.filter = { ...board.filter, outcome: 'aborted' };
  board.refill(START);
  for (let i = 0; i < 10; i++) {
    board.take({ ...QUIET, shown: many(100, {}, `yes${i}-`) }, START);
    board.refill(START);
  }
  board.filter = { ...board.filter, outcome: 'all', isSlowest: true };
  board.refill(START);
  equal(board.rows()[0], 'slow');
});

test('the filter chooses by outcome, product, and orders or tickets', () => {
  const board = boardOf({
    shown: [...many(1, {}, 'yes'), ...many(1, ABORTED, 'no'), ...many(1, { order: { productId: 9, quantity: 1, orderName: 'x', orderId: 'x' } }, 'other')],
    tickets: [toldTicket({ ticketId: 'ticket' })],
  });
  const rows = (filter) => {
    board.filter = { kind: 'all', outcome: 'all', productId: 0, isSlowest: false, ...filter };
    board.refill(START + 1_000_000);
    return board.rows().sort();
  };
  equal(rows({}), ['no0', 'other0', 'ticket', 'yes0']);
  equal(rows({ outcome: 'aborted' }), ['no0']);
  equal(rows({ outcome: 'committed' }), ['other0', 'ticket', 'yes0']);
  equal(rows({ outcome: 'doubt' }), []);
  equal(rows({ kind: 'tickets' }), ['ticket']);
  equal(rows({ kind: 'orders', productId: 9 }), ['other0']);
  equal(board.productIds(), [7, 9]);
});

test('a ticket that is told again to who reconnects is the same row', () => {
  const board = boardOf({ tickets: [toldTicket()] }, { tickets: [toldTicket()] });
  equal(board.rows().length, 1);
});

test('what is under way is told again, and changes its row', () => {
  const [[, open]] = partsOf('It is at work');
  const board = boardOf({ open: [open] });
  equal([board.story('a').isOver, board.underWay()], [false, ['a']]);
  const changed = board.take({ ...QUIET, shown: [told()] }, START);
  equal([[...changed], board.story('a').state, board.underWay()], [['a'], 'COMMITTED', []]);
});

test('the next process makes orphans of what the one before left open', () => {
  const [[, died]] = partsOf('The coordinator died before its decision');
  const board = boardOf({ open: [died] });
  equal(board.story('a').isOrphan, false);
  const changed = board.take({ ...QUIET, process: 'q' }, START + 5000);
  equal([[...changed], board.story('a').isOrphan, board.story('a').state, board.story('a').isOver], [['a'], true, 'IN_DOUBT', false]);
});

test('an orphan that the next process has told nothing of for a minute is over', () => {
  const [[, died]] = partsOf('The coordinator died before its decision');
  const board = boardOf({ open: [died] }, { process: 'q' });
  board.take({ ...QUIET, process: 'q' }, START + 60_000);
  equal(board.story('a').isOver, false);
  board.take({ ...QUIET, process: 'q' }, START + 60_001);
  equal(board.story('a').isOver, true);
});

test('an orphan is healed by what the next process tells', () => {
  const [[, died], [, healed]] = partsOf('The next process committed it');
  const board = boardOf({ open: [died] }, { process: 'q', shown: [healed] });
  equal([board.story('a').state, board.story('a').isHealed, board.rows()], ['COMMITTED', true, ['a']]);
});

test('a branch that is just being ended is not listed before it has lasted', () => {
  const [[, half]] = partsOf('The resolver does not get through');
  const began = Date.parse(half.began);
  const board = new Board();
  board.take({ ...QUIET, open: [half] }, began);
  equal([board.beat(began + 3000), board.rows(), board.waiting], [0, [], 1]);
  equal([board.beat(began + 4000), board.rows()], [1, ['a']]);
});
