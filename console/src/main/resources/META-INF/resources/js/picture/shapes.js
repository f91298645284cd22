import { DATABASES } from '../links.js';
import { laneAt } from './lane.js';
import { waitOf } from './ticket.js';
import { resultOf } from './transaction.js';

/**
 * From a story to what is to be drawn: shapes on lanes, in milliseconds. A shape's `until` is undefined while it goes on. What the data
 * do not tell is not drawn: when a branch ran its SQL between its start and its end, say. No DOM here.
 */

/** The lanes from top to bottom; those that each transaction has to do with come first, and others stand below them. A ticket needs no coordinator. */
export const lanesOf = ({ steps, isTicket }) => {
  const others = steps.map(({ participant }) => participant).filter((name) => name && !DATABASES.includes(name));
  return ['client', ...(isTicket ? [] : ['coordinator']), ...DATABASES, ...new Set(others)];
};

export const shapesOf = (story) => (story.isTicket ? ticketShapes(story) : transactionShapes(story));

function transactionShapes(story) {
  const databases = lanesOf(story).slice(2);
  const shapes = [
    ...clientShapes(story),
    ...coordinatorShapes(story),
    ...databases.flatMap((lane) => branchShapes(story, lane)),
    ...story.steps.flatMap(stepShapes),
  ];
  return [...shapes, ...decisionShapes(story)];
}

export function decisionShapes({ steps }) {
  const decision = steps.find((step) => step.kind === 'DECISION' && resultOf(step) === 'yes');
  return decision ? [{ form: 'decision', at: decision.to, lane: decision.participant }] : [];
}

/** The queue is held from the call to the commit of what came of it; the stock only while it is taken. */
function ticketShapes(story) {
  const [called, taken, settled] = ['CALL', 'TAKE', 'SETTLE'].map((wanted) => story.steps.find(({ kind }) => kind === wanted));
  const wait = waitOf(story);
  return [
    ...clientShapes(story),
    { form: 'wait', lane: 'orders', from: wait.from, until: wait.to },
    { form: 'locks', lane: 'orders', from: called.from, until: settled.to },
    { form: 'locks', lane: 'product', from: taken.from, until: taken.to },
    ...story.steps.flatMap(stepShapes),
  ];
}

export function clientShapes({ steps, answer }) {
  const request = steps.find(({ kind }) => kind === 'REQUEST');
  if (!request) {
    return [];
  }
  const waits = { form: 'request', lane: 'client', from: request.from, until: request.to, isCut: request.lost !== undefined };
  const isAnswered = answer && request.to !== undefined; // of those who share a commit, some have their answer earlier
  return isAnswered ? [waits, { form: 'answer', lane: 'client', at: request.to, answer }] : [waits];
}

/**
 * The coordinator lives from the first step of a process to its last one; where it is dead there is a gap. Its resolver works on its lane,
 * too: what one process began, the resolver of the next one ends.
 */
export function coordinatorShapes({ steps, gaps, isHalf }, lane = 'coordinator') {
  const own = steps.filter(({ kind }) => kind !== 'RESOLVE');
  const resolver = steps.filter((step) => !own.includes(step));
  const life = own.length ? [{ form: 'life', lane, from: own[0].from, until: latest(own), isCut: gaps.length > 0 }] : [];
  const unknown = isHalf ? [{ form: 'unrecorded', lane, from: -1, until: 0 }] : [];
  const dead = gaps.map(({ from, to }) => ({ form: 'dead', lane, from, until: to }));
  const resolved = resolver.map(({ from, to, byOperator }) => ({ form: 'resolver', lane, from, until: to, byOperator }));
  return [...life, ...unknown, ...dead, ...resolved];
}

const latest = (steps) => (steps.some(({ to }) => to === undefined) ? undefined : Math.max(...steps.map(({ to }) => to)));

/** Locks from the first work to the end of the branch, and where nobody knows or tells it how it ends. */
export function branchShapes(story, lane) {
  const steps = story.steps.filter(({ participant }) => participant === lane);
  if (!steps.length) {
    return [];
  }
  const isHalf = steps[0].kind === 'RESOLVE';
  const from = isHalf ? -1 : steps[0].from; // of a flow that began elsewhere a time may be less than 0, too
  const until = releaseOf(story, steps);
  return [{ form: 'locks', lane, from, until }, ...doubts(story, steps, isHalf, until)];
}

function releaseOf(story, steps) {
  const release = steps.find((step) => isRelease(step));
  if (release) {
    return release.to;
  }
  const isPrepared = steps.some(({ kind }) => kind === 'PREPARE');
  const cut = steps.find(({ lost }) => lost);
  return cut && !isPrepared ? cut.to : story.isOver ? story.end : undefined;
}

function isRelease(step) {
  const result = resultOf(step);
  const isRefusal = step.kind === 'PREPARE' || step.kind === 'COMMIT' || step.kind === 'DECISION';
  return step.kind !== 'WORK' && (result === 'readOnly' || (result === 'yes' && step.kind !== 'PREPARE') || (result === 'no' && isRefusal));
}

/** In doubt from the attempt that left it open, or from the coordinator's death, to its end. */
function doubts(story, steps, isHalf, until) {
  const lane = steps[0].participant;
  if (isHalf) {
    return [{ form: 'doubt', lane, from: -1, until }];
  }
  const left = steps.find((step) => step.kind !== 'WORK' && ['silent', 'left', 'cut'].includes(resultOf(step)));
  const prepared = steps.find((step) => step.kind === 'PREPARE' && resultOf(step) === 'yes');
  const orphaned = prepared && story.gaps.length ? Math.max(prepared.to, story.gaps[0].from) : undefined;
  const since = left?.to ?? orphaned;
  const isDoubt = since !== undefined && (until === undefined || until > since);
  return isDoubt ? [{ form: 'doubt', lane, from: since, until }] : [];
}

const FORMS = {
  WORK: 'work',
  PREPARE: 'prepare',
  DECISION: 'commit',
  COMMIT: 'commit',
  ROLLBACK: 'rollback',
  RESOLVE: 'resolve',
  GIVE: 'local',
  CALL: 'work',
  TAKE: 'local',
  SETTLE: 'local',
};

export function stepShapes(step, index) {
  const form = FORMS[step.kind];
  if (!form) {
    return [];
  }
  const result = resultOf(step);
  const shape = { form, lane: step.participant, from: step.from, until: step.to, result, kind: step.kind, outcome: step.outcome, index };
  return form === 'work' || form === 'local'
    ? [shape]
    : [
        shape,
        { ...shape, form: 'messages', coordinator: step.server ? laneAt('coordinator', step.server) : 'coordinator', number: step.kind === 'PREPARE' ? 1 : 3 },
      ];
}
