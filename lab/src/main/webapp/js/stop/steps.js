import { duration } from '../duration.js';
import { element } from '../element.js';
import { say } from '../language.js';
import { databaseName } from '../picture/format.js';
import { resultOf } from '../picture/transaction.js';
import { takenSteps } from './taken.js';

/** The textbook's six steps: C is the commit point's, F the follower's. */
const PLAN = [
  ['WORK', 'C'],
  ['WORK', 'F'],
  ['PREPARE', 'C'],
  ['PREPARE', 'F'],
  ['DECISION', 'C'],
  ['COMMIT', 'F'],
];

const HELD_BEFORE = { WORK: 2, PREPARED: 4 };

/**
 * The steps of a transaction, one entry each: those that were taken, with their times, and as long as it may still be committed those to
 * come. `heldAt` marks where it is held.
 */
export function stepEntries(transaction, { heldAt, isOver }) {
  const taken = transaction ? takenSteps(transaction) : [];
  const isUndone = taken.some(({ kind }) => kind === 'ROLLBACK');
  const planned = isOver || isUndone ? [] : PLAN.filter(([kind, role]) => !taken.some((step) => is(step, kind, role)));
  const entries = [...taken.map(takenEntry), ...planned.map(([kind, role]) => plannedEntry(kind, role))];
  if (heldAt) {
    entries.splice(HELD_BEFORE[heldAt], 0, heldEntry(heldAt));
  }
  return entries;
}

const is = (step, kind, role) => step.kind === kind && roleOf(step) === role;

function takenEntry(step) {
  const { kind, participant, from, to, outcome, reason, byOperator } = step;
  const role = roleOf(step);
  const isGood = resultOf({ kind, to, outcome }) === 'yes' && outcome !== 'NOT_THERE';
  const isRefused = outcome && !isGood;
  const key = kind === 'RESOLVE' ? (byOperator ? 'operator' : 'resolver') : isRefused && TWO_PHASES.includes(kind) ? 'asked' : role;
  return element(
    'li',
    { className: to === undefined ? 'under-way' : isGood ? 'done' : 'failed' },
    element('span', { className: 'step-words' }, say(`step.${kind}.${key}`, named(participant))),
    element('span', { className: 'step-time' }, time(from, to)),
    ...(isRefused ? [element('span', { className: 'step-outcome' }, ...spoken(outcome, reason, role))] : []),
  );
}

const TWO_PHASES = ['PREPARE', 'DECISION', 'COMMIT'];

/** English calls it by its short name. */
const named = (participant) => ({ participant, database: databaseName(participant) });

const roleOf = ({ commitPoint }) => (commitPoint ? 'C' : 'F');

/** Until a step is taken, the database is the one that the stock, or the order, is in. */
const plannedEntry = (kind, role) => element('li', { className: 'to-come' }, say(`step.${kind}.${role}`, named(role === 'C' ? 'product' : 'orders')));

const heldEntry = (heldAt) => element('li', { className: 'held' }, say(`stop.held.${heldAt}`));

const time = (from, to) =>
  to === undefined
    ? say('step.since', { from: duration(Math.round(from)) })
    : say('step.time', { from: duration(Math.round(from)), lasted: duration(to - from) });

/** In the reader's words as far as there are any; what a database said is English. */
function spoken(outcome, reason, role) {
  const known = outcome === 'ABORT' ? `step.outcome.ABORT.${role}` : WORDS[outcome];
  const told = reason ?? (known ? '' : outcome);
  return [...(known ? [say(known), ' '] : []), element('span', { lang: 'en' }, told)];
}

const WORDS = {
  UNKNOWN: 'step.outcome.UNKNOWN',
  NO_ANSWER: 'step.outcome.UNKNOWN',
  NOT_THERE: 'step.outcome.NOT_THERE',
  COMMIT_PENDING: 'step.outcome.COMMIT_PENDING',
};
