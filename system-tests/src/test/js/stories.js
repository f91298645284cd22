import { ticketStory } from '/js/picture/ticket.js';
import { merge, storyOf } from '/js/picture/transaction.js';

/** Transactions as the server tells them, and what the page makes of them. Times of steps are milliseconds since the transaction began. */

export const BEGAN = '2026-01-01T10:00:00.000Z';
const ORDER = { orderId: '0b0f4d5c-5b3a-4c39-9c55-2a6f6f3f1f10', orderName: 'Breakfast', productId: 7, quantity: 2 };

export const step = (kind, participant, branch, from, to, outcome = '', reason = undefined) => ({
  kind,
  participant,
  branch,
  commitPoint: branch === 'C0' ? true : undefined,
  from,
  to,
  outcome,
  reason,
});

const request = (to, status) => step('REQUEST', '', '', 0, to, to === undefined ? '' : String(status));
const work = [step('WORK', 'product', 'C0', 1, 3), step('WORK', 'orders', 'F1', 2, 3)];
const prepareFirst = step('PREPARE', 'product', 'C0', 3, 4, 'PREPARED');
const prepares = [prepareFirst, step('PREPARE', 'orders', 'F1', 4, 5, 'PREPARED')];
const decided = step('DECISION', 'product', 'C0', 5, 7, 'COMMIT');
const followed = step('COMMIT', 'orders', 'F1', 7, 9, 'COMMIT');
const resolve = (from, to, outcome, { participant = 'orders', branch = 'F1', reason } = {}) => step('RESOLVE', participant, branch, from, to, outcome, reason);

/** The JSON of a transaction that went well, but for what is given. */
export const told = (changes = {}) => ({
  globalId: 'a',
  state: 'COMMITTED',
  began: BEGAN,
  millis: 10,
  commitPoint: 'product',
  resolved: false,
  settledElsewhere: false,
  order: ORDER,
  answer: 201,
  steps: [request(10, 201), ...work, ...prepares, decided, followed],
  ...changes,
});

/** What a later process tells of it: its resolver's part. */
const resolved = (changes) => {
  const { order, answer, ...part } = told({ began: '2026-01-01T10:00:05.000Z', millis: 3, resolved: true, ...changes });
  return part;
};

const open = (steps, state, millis) => told({ state, millis, answer: undefined, steps: [request(), ...steps] });

const died = open([...work, ...prepares, step('DECISION', 'product', 'C0', 5)], 'COMMITTING', 8);

/** Each with the parts that were told, by process; the last process lives. */
const PARTS = {
  'All went well': [['p', told()]],
  'Only one took part': [['p', told({ steps: [request(5, 201), step('WORK', 'product', 'C0', 1, 2), step('COMMIT', 'product', 'C0', 2, 4, 'COMMIT')] })]],
  'A branch only read': [['p', told({ steps: [request(10, 201), ...work, prepareFirst, step('PREPARE', 'orders', 'F1', 4, 5, 'READ_ONLY'), decided] })]],
  'Too little was in stock': [
    ['p', told({ state: 'ABORTED', answer: 409, steps: [request(6, 409), work[0], step('ROLLBACK', 'product', 'C0', 4, 5, 'DONE')] })],
  ],
  'A prepare was refused': [
    [
      'p',
      told({
        state: 'ABORTED',
        answer: 503,
        steps: [
          request(9, 503),
          ...work,
          prepareFirst,
          step('PREPARE', 'orders', 'F1', 4, 5, 'REFUSED', 'ERROR: could not serialize access'),
          step('ROLLBACK', 'product', 'C0', 5, 6, 'DONE'),
        ],
      }),
    ],
  ],
  'Nobody answered the decision': [
    ['p', told({ state: 'IN_DOUBT', answer: 503, steps: [request(12, 503), ...work, ...prepares, step('DECISION', 'product', 'C0', 5, 11, 'UNKNOWN')] })],
  ],
  'The second commit is left': [
    ['p', told({ state: 'COMMITTING', steps: [request(12, 201), ...work, ...prepares, decided, step('COMMIT', 'orders', 'F1', 7, 11, 'COMMIT_PENDING')] })],
  ],
  'The second commit was healed': [
    [
      'p',
      told({
        millis: 1300,
        resolved: true,
        steps: [
          request(12, 201),
          ...work,
          ...prepares,
          decided,
          step('COMMIT', 'orders', 'F1', 7, 11, 'COMMIT_PENDING'),
          resolve(300, 301, 'NO_ANSWER', { reason: 'FATAL: the database system is starting up' }),
          resolve(1298, 1300, 'COMMIT'),
        ],
      }),
    ],
  ],
  'It is at work': [['p', open([step('WORK', 'product', 'C0', 1)], 'ACTIVE', 400)]],
  'It is being prepared': [['p', open([...work, step('PREPARE', 'product', 'C0', 3)], 'PREPARING', 400)]],
  'It is prepared': [['p', open([...work, ...prepares], 'PREPARED', 400)]],
  'A connection broke at work': [
    [
      'p',
      told({ state: 'ABORTING', answer: 503, millis: 30, steps: [request(20, 503), step('WORK', 'product', 'C0', 1, 2), step('WORK', 'orders', 'F1', 2)] }),
    ],
  ],
  'The coordinator died at work': [
    ['p', open([step('WORK', 'product', 'C0', 1), step('WORK', 'orders', 'F1', 2)], 'ACTIVE', 8)],
    ['q', undefined],
  ],
  'The coordinator died before its decision': [
    ['p', died],
    ['q', undefined],
  ],
  'The next process committed it': [
    ['p', died],
    ['q', resolved({ steps: [resolve(1, 2, 'COMMIT')] })],
  ],
  'The next process rolled it back': [
    ['p', open([...work, ...prepares], 'PREPARED', 8)],
    ['q', resolved({ state: 'ABORTED', steps: [resolve(0, 1, 'ROLLBACK', { participant: 'product', branch: 'C0' }), resolve(1, 2, 'ROLLBACK')] })],
  ],
  'Only the resolver is known': [['q', resolved({ steps: [resolve(0, 2, 'COMMIT')] })]],
  'The resolver does not get through': [
    ['q', resolved({ state: 'IN_DOUBT', millis: 4, steps: [resolve(0, 4, 'NO_ANSWER', { reason: 'Connection refused' })] })],
  ],
  'It was settled elsewhere': [
    [
      'p',
      told({
        state: 'IN_DOUBT',
        settledElsewhere: true,
        answer: 503,
        steps: [request(12, 503), ...work, ...prepares, step('DECISION', 'product', 'C0', 5, 11, 'UNKNOWN')],
      }),
    ],
  ],
  'An operator rolled it back': [['q', resolved({ state: 'ABORTED', steps: [{ ...resolve(0, 2, 'ROLLBACK'), byOperator: true }] })]],
  'A third database took part': [
    [
      'p',
      told({
        steps: [
          request(12, 201),
          ...work,
          step('WORK', 'ledger', 'F2', 2, 3),
          ...prepares,
          step('PREPARE', 'ledger', 'F2', 5, 6, 'PREPARED'),
          step('DECISION', 'product', 'C0', 6, 7, 'COMMIT'),
          step('COMMIT', 'orders', 'F1', 7, 9, 'COMMIT'),
          step('COMMIT', 'ledger', 'F2', 9, 10, 'COMMIT'),
        ],
      }),
    ],
  ],
};

/** The story of these parts, each a process and what it told, or undefined if it told nothing yet. */
export function storyFrom(parts) {
  const known = parts.reduce((merged, [process, part]) => (part ? merge(merged, part, process) : merged), undefined);
  return storyOf(known, parts.at(-1)[0]);
}

const TICKET = {
  ticketId: ORDER.orderId,
  state: 'READY',
  began: BEGAN,
  order: ORDER,
  together: 3,
  steps: [
    request(4, 202),
    step('GIVE', 'orders', '', 1, 3),
    step('CALL', 'orders', '', 40, 42),
    step('TAKE', 'product', '', 42, 45, 'GRANTED'),
    step('SETTLE', 'orders', '', 45, 48, 'READY'),
  ],
};

/** The JSON of a ticket that was served, but for what is given. */
export const toldTicket = (changes = {}) => ({ ...TICKET, ...changes });

const soldOut = toldTicket({
  state: 'SOLD_OUT',
  steps: [...TICKET.steps.slice(0, 3), step('TAKE', 'product', '', 42, 45, 'REFUSED'), step('SETTLE', 'orders', '', 45, 48, 'SOLD_OUT')],
});

/** Every kind of story, by what happened. */
export const stories = {
  ...Object.fromEntries(Object.entries(PARTS).map(([name, parts]) => [name, storyFrom(parts)])),
  'A ticket was served': ticketStory(TICKET),
  'A ticket was sold out': ticketStory(soldOut),
};

export const partsOf = (name) => PARTS[name];
