import { waitOf } from './ticket.js';
import { resultOf } from './transaction.js';

/** From a story to sentences: each is a key of the strings with its values; `from` and `to` tell when it holds. No DOM here. */

/** What happened, in the order in which it began. `index` is the step's place in the story, if it is about one. */
export function sentencesOf(story) {
  const requests = story.steps.flatMap((step) => (step.kind === 'REQUEST' ? requestSentences(step, story) : []));
  const letters = (story.letters ?? []).map(letterSentence);
  const steps = story.steps.flatMap((step, index) => (step.kind === 'REQUEST' ? [] : [stepSentence(step, index, story)]));
  const gaps = story.gaps.map(({ from, to }) => ({
    key: to === undefined ? 'picture.say.deadStill' : 'picture.say.dead',
    values: { millis: to === undefined ? undefined : to - from },
    from,
    to,
  }));
  const unseen = story.isHalf ? [{ key: 'picture.say.unseen', values: {}, from: -1, to: 0 }] : [];
  return [...unseen, ...requests, ...steps, ...letters, ...gaps, ...(story.isTicket ? [waitSentence(story)] : [])].sort(
    (a, b) => a.from - b.from || order(a) - order(b),
  );
}

const order = ({ key }) => (key.startsWith('picture.say.asks') ? 0 : 1);

function waitSentence(story) {
  const { from, to } = waitOf(story);
  return { key: 'picture.say.wait', values: { millis: to - from }, from, to };
}

function requestSentences({ from, to, lost }, { order: placed, subjectCount = 1, answer, isTicket }) {
  const key = subjectCount > 1 ? 'picture.say.askTogether' : isTicket ? 'picture.say.asksTicket' : 'picture.say.asks';
  const values = placed && { quantity: placed.quantity, productId: placed.productId, count: subjectCount };
  const asks = placed ? [{ key, values, from, to: from }] : [];
  if (to === undefined) {
    return asks;
  }
  const told = lost
    ? { key: 'picture.say.toldNothing', values: {} }
    : { key: 'picture.say.told', values: { answer: String(answer), meaning: meaningOf(answer), millis: to - from } };
  return [...asks, { ...told, from: to, to }];
}

const MEANINGS = [200, 201, 202, 400, 404, 409, 503];

/** The key of what an HTTP status means to the client. */
export const meaningOf = (answer) => `picture.answer.${MEANINGS.includes(answer) ? answer : 'other'}`;

function stepSentence(step, index, { together }) {
  const { kind, participant, commitPoint, from, to, outcome, reason = '', byOperator } = step;
  const isOnePhase = kind === 'COMMIT' && commitPoint;
  const name = { DECISION: 'decision', COMMIT: isOnePhase ? 'onePhase' : 'commit', RESOLVE: byOperator ? 'byHand' : 'resolve' }[kind] ?? kind.toLowerCase();
  const result = resultOf(step);
  const settled = ['RESOLVE', 'SETTLE'].includes(kind) && result === 'yes' ? outcome.toLowerCase() : result;
  return {
    key: `picture.say.${name}`,
    values: { participant, millis: to === undefined ? undefined : to - from, count: together },
    ending: `picture.end.${name}.${settled}`,
    reason,
    from,
    to,
    index,
  };
}

/** A message between two servers; what a server does by itself has no answer. */
function letterSentence({ kind, call, sender, receiver, from, to, outcome, reason }, letter) {
  const values = { sender, receiver, call, millis: to === undefined ? undefined : to - from };
  const ending = receiver && `picture.end.letter.${to === undefined ? 'open' : outcome}`;
  return { key: `picture.say.letter.${kind}`, values, ending, reason, from, to: receiver ? to : from, letter };
}

/** The state of it all in one sentence. */
export function summaryOf({ state, isHealed, isByHand, isOver, isOrphan, gaps, end, took = end, machines, everywhere }) {
  const values = { millis: took };
  if (machines && !isHealed && (state === 'COMMITTED' || state === 'ABORTED')) {
    return { key: `picture.sum.${everywhere === state ? 'flow' : 'part'}.${state}`, values };
  }
  if (isByHand && (state === 'COMMITTED' || state === 'ABORTED')) {
    return { key: `picture.sum.byHand.${state}`, values };
  }
  if (isHealed && (state === 'COMMITTED' || state === 'ABORTED')) {
    return { key: `picture.sum.healed.${state}`, values };
  }
  if (isOrphan && state === 'ABORTED') {
    return { key: 'picture.sum.vanished', values };
  }
  if (state === 'IN_DOUBT') {
    return { key: isOver ? 'picture.sum.elsewhere' : gaps.length ? 'picture.sum.orphan' : 'picture.sum.IN_DOUBT', values };
  }
  return { key: `picture.sum.${state}`, values };
}

/**
 * The textbook's four messages between the coordinator and each database: 1 prepare, 2 its answer, 3 commit or roll back, 4 done.
 * `by` tells who sent it: the coordinator, the resolver or an operator; where it is missing nobody did, or not yet, or it was not
 * recorded. The last attempt counts.
 */
export function messagesOf(story) {
  const { steps } = story;
  const missing = { key: `picture.message.${absenceIn(story)}` };
  const names = [...new Set(steps.map(({ participant }) => participant).filter(Boolean))];
  return names.map((participant) => {
    const own = steps.filter((step) => step.participant === participant);
    const first = own.find(({ kind }) => kind === 'PREPARE');
    const second = own.findLast(({ kind }) => ['DECISION', 'COMMIT', 'ROLLBACK', 'RESOLVE'].includes(kind));
    return { participant, messages: [...exchange(first, 1, missing), ...exchange(second, 3, missing)] };
  });
}

/** What a message may be that nothing is known of: only of a story that was told from its beginning to its end it is known that none was sent. */
function absenceIn({ isHalf, isOver, state, gaps }) {
  if (isHalf || gaps.length || (isOver && state === 'IN_DOUBT')) {
    return 'unrecorded';
  }
  return isOver ? 'none' : 'open';
}

function exchange(step, number, missing) {
  if (!step) {
    return [missing, missing];
  }
  const by = step.kind === 'RESOLVE' ? (step.byOperator ? 'operator' : 'resolver') : 'coordinator';
  const undoes = step.kind === 'ROLLBACK' || (step.kind === 'RESOLVE' && step.outcome === 'ROLLBACK');
  const asked = number === 1 ? 'prepare' : undoes ? 'rollback' : 'commit';
  const result = resultOf(step);
  const answer = number === 1 ? result : ({ yes: 'done' }[result] ?? result);
  return [
    { number, by, key: `picture.message.${asked}`, at: step.from },
    { number: number + 1, by, key: `picture.message.${answer}`, at: step.to, result },
  ];
}
