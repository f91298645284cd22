import { laneAt } from './lane.js';

/**
 * A transaction that flowed between servers, as one story: what this server has told of it and what its peers have recorded. Each server has
 * the steps of its own branches; a message between two of them is a letter, as its sender knows it and, where that is recorded, its receiver. No DOM
 * here.
 */

/**
 * The story with all its machines, first the one where it began. `records` are what the servers have told: each has its `server` and either its
 * `transactions` or the reason why they are `missing`.
 */
export function flowStory(story, records = []) {
  const told = new Map([[story.server, ownPart(story)]]);
  records
    .filter(({ server, transactions }) => server !== story.server && transactions?.length)
    .forEach((record) => told.set(record.server, peersPart(record, story)));
  const shifts = shiftsOf(told, story.server);
  const parts = new Map([...told].map(([server, part]) => [server, moved(part, shifts.get(server) ?? 0)]));
  const letters = lettersOf(parts);
  const missing = new Map(records.filter((record) => record.missing !== undefined).map((record) => [record.server, record.missing]));
  const machines = inOrder(letters, story.server).map((server) => machine(server, parts.get(server), missing.get(server), shifts.get(server)));
  const steps = machines.flatMap((each) => each.steps);
  const times = (sent) => [...steps, ...sent].map(({ from, to }) => to ?? from);
  return {
    ...story,
    base: story,
    machines,
    steps,
    letters,
    commitPoint: commitPointOf(steps) ?? story.commitPoint,
    everywhere: everywhereOf(machines, story),
    end: Math.max(story.end, ...times(letters)),
    took: Math.max(story.end, ...times(letters.filter((letter) => !isForgetting(letter)))),
  };
}

/** Whether it is about the decision’s row, a second after the end or later: nobody waits for that. */
export const isForgetting = ({ kind }) => kind === 'FORGET' || kind === 'PREPARED';

const ownPart = ({ steps, messages, state, gaps, isHalf }) => ({ steps, messages, states: [state], gaps, isHalf });

/** What a peer has told, in milliseconds since this server's transaction began, by the peer's clock. Its clients are its own affair. */
function peersPart({ transactions }, { began }) {
  const placed = transactions.map((told) => ({ ...told, offset: Date.parse(told.began) - began }));
  const at = (list, offset) => (list ?? []).map((each) => ({ ...each, from: offset + each.from, to: each.to === undefined ? undefined : offset + each.to }));
  return {
    steps: placed.flatMap(({ steps, offset }) => at(steps, offset)).filter(({ kind }) => kind !== 'REQUEST'),
    messages: placed.flatMap(({ messages, offset }) => at(messages, offset)),
    states: placed.map(({ state }) => state),
    gaps: [],
    isHalf: false,
  };
}

function moved(part, shift) {
  const move = (list) => list.map((each) => ({ ...each, from: each.from + shift, to: each.to === undefined ? undefined : each.to + shift }));
  return shift ? { ...part, steps: move(part.steps), messages: move(part.messages) } : part;
}

/**
 * By how much each server's times are moved, so that no message comes before it was sent, nor its answer before it was given. Clocks that agree as far as
 * the messages tell are believed. Found from neighbour to neighbour, beginning here.
 */
function shiftsOf(parts, here) {
  const shifts = new Map([[here, 0]]);
  const reached = [here];
  for (const server of reached) {
    for (const [other] of parts) {
      const pairs = shifts.has(other) ? [] : pairsOf(parts, server, other);
      if (pairs.length) {
        shifts.set(other, shifts.get(server) + shiftBetween(pairs));
        reached.push(other);
      }
    }
  }
  return shifts;
}

/** What one sent and the other received, both ways, if both have recorded as much of it: how far the other's times are off, at least and at most. */
function pairsOf(parts, server, other) {
  const ahead = matchedInOrder(parts.get(server), server, parts.get(other), other).map(([sent, received]) => limits(sent, received, 1));
  const back = matchedInOrder(parts.get(other), other, parts.get(server), server).map(([sent, received]) => limits(sent, received, -1));
  return [...ahead, ...back];
}

function limits(sent, received, sign) {
  const late = received.from - sent.from;
  const early = sent.to === undefined || received.to === undefined ? -Infinity : received.to - sent.to;
  return sign > 0 ? { least: early, most: late } : { least: -late, most: -early };
}

function shiftBetween(pairs) {
  const least = Math.max(...pairs.map((pair) => pair.least));
  const most = Math.min(...pairs.map((pair) => pair.most));
  if (least <= 0 && most >= 0) {
    return 0;
  }
  return -(Number.isFinite(least) && Number.isFinite(most) ? (least + most) / 2 : Number.isFinite(least) ? least : most);
}

const keyOf = ({ kind, call }) => `${kind} ${call ?? 0}`;

function matchedInOrder(from, server, to, other) {
  const sent = from.messages.filter((message) => message.sent && message.peer === other);
  const received = to.messages.filter((message) => !message.sent && message.peer === server);
  return [...new Set(sent.map(keyOf))].flatMap((key) => {
    const [all, heard] = [sent, received].map((list) => list.filter((message) => keyOf(message) === key));
    return all.length === heard.length ? all.map((message, i) => [message, heard[i]]) : [];
  });
}

/** Each message once. What its receiver knows of it is added, and what only the receiver knows is told by it alone. */
function lettersOf(parts) {
  const taken = new Set();
  const letters = [];
  for (const [server, { messages }] of parts) {
    for (const message of messages.filter(({ sent }) => sent)) {
      const heard = parts.get(message.peer)?.messages.find((each) => isReception(each, server, message) && !taken.has(each));
      taken.add(heard);
      const { kind, call, peer, from, to, outcome, reason = '' } = message;
      letters.push({ kind, call, sender: server, receiver: peer, from, to, outcome, reason, received: heard?.from, replied: heard?.to });
    }
  }
  for (const [server, { messages }] of parts) {
    for (const message of messages.filter((each) => !each.sent && !taken.has(each))) {
      const { kind, call, peer, from, to, outcome, reason = '' } = message;
      letters.push({ kind, call, sender: peer, receiver: server, from, to, outcome, reason, received: from, replied: to });
    }
  }
  return letters.sort((a, b) => a.from - b.from);
}

/** Of repeated messages each is heard while its sender waits. */
const isReception = (heard, server, { kind, call, from, to }) =>
  !heard.sent &&
  heard.peer === server &&
  heard.kind === kind &&
  (heard.call ?? 0) === (call ?? 0) &&
  heard.from >= from - 1 &&
  heard.from <= (to ?? Infinity) + 1;

/** First the server that nobody called, then those that it called, each with those that it called in turn. */
function inOrder(letters, here) {
  const servers = [...new Set([here, ...letters.flatMap(({ sender, receiver }) => [sender, receiver])])].filter(Boolean);
  const calls = letters.filter(({ kind }) => kind === 'WORK');
  const roots = servers.filter((server) => !calls.some(({ receiver }) => receiver === server));
  const placed = [];
  const place = (server) => {
    if (!placed.includes(server)) {
      placed.push(server);
      calls.filter(({ sender }) => sender === server).forEach(({ receiver }) => place(receiver));
    }
  };
  [...roots.filter((root) => calls.some(({ sender }) => sender === root)), ...servers].forEach(place);
  return placed;
}

function machine(server, part, missing, shift = 0) {
  const steps = (part?.steps ?? []).map((step) => ({ ...step, server, participant: step.participant && laneAt(step.participant, server) }));
  return {
    server,
    steps,
    messages: part?.messages ?? [],
    states: part?.states ?? [],
    gaps: part?.gaps ?? [],
    isHalf: part?.isHalf ?? false,
    isMissing: !part,
    reason: missing ?? '',
    shift,
  };
}

const commitPointOf = (steps) => steps.find(({ kind, commitPoint }) => kind === 'DECISION' && commitPoint)?.participant;

/** How it has ended at every server, if all have told of it and agree. What a resolver has ended has a part before, without an end. */
function everywhereOf(machines, { state }) {
  const other = { COMMITTED: 'ABORTED', ABORTED: 'COMMITTED' }[state];
  return machines.every(({ isMissing, states }) => !isMissing && states.includes(state) && !states.includes(other)) ? state : undefined;
}

/** What became of a letter: 'open', 'yes', 'no' (a vote or an outcome of no, or refused), 'pending', 'unknown' or 'cut' (no answer came). */
export function resultOfLetter({ to, outcome }) {
  if (to === undefined) {
    return 'open';
  }
  return { NO: 'no', REFUSED: 'no', ROLLBACK: 'no', NO_ANSWER: 'cut', UNKNOWN: 'unknown', COMMIT_PENDING: 'pending' }[outcome] ?? 'yes';
}
