/**
 * What the page knows of a transaction. Each process that told of it has a part: after a crash the coordinator's next process
 * knows only what its resolver does, so one transaction may come in two parts, with a gap between them. No DOM here.
 */

const RUMOUR_MILLIS = 4000;

/** `known` with what `told`, the JSON of a transaction, adds; `process` names the process that told it. */
export function merge(known, told, process) {
  const parts = known?.parts ?? [];
  const at = parts.findIndex((part) => part.told.began === told.began);
  if (at < 0) {
    const all = [...parts, { told, process }].sort((a, b) => Date.parse(a.told.began) - Date.parse(b.told.began));
    return { globalId: told.globalId, parts: all };
  }
  if (endedSteps(parts[at].told) > endedSteps(told)) {
    return known; // An older look that came late.
  }
  return { ...known, parts: parts.with(at, { told, process }) };
}

const endedSteps = ({ steps, messages = [] }) => [...steps, ...messages].filter(({ to }) => to !== undefined).length;

/**
 * The transaction as one story: times are milliseconds since `began`, steps that nobody ended are `lost`, and `gaps` tell when no
 * coordinator lived. `process` is the living one.
 */
export function storyOf({ globalId, parts }, process) {
  const began = Date.parse(parts[0].told.began);
  const relevant = parts.filter(({ told }, i) => i === 0 || !isLateLook(told, parts[0].told));
  const placed = relevant.map((part, i) => placedPart(part, began, part.process !== process, relevant[i + 1]));
  const [first, last] = [relevant[0].told, relevant.at(-1).told];
  const steps = placed.flatMap((part) => part.steps);
  const isOrphan = placed.at(-1).isCut;
  const messages = placed.flatMap((part) => part.messages);
  const state = stateOf(last, steps, messages, isOrphan);
  const settlements = steps.filter((step) => step.kind === 'RESOLVE' && resultOf(step) === 'yes');
  return {
    globalId,
    began,
    order: first.order,
    subjects: first.subjects ?? [],
    orders: first.orders ?? [],
    subjectCount: first.subjectCount ?? 1,
    answer: first.answer,
    commitPoint: parts.map((part) => part.told.commitPoint).find(Boolean) ?? '',
    state,
    isHealed: settlements.length > 0,
    isByHand: settlements.some(({ byOperator }) => byOperator),
    isHalf: !steps.some(({ kind }) => kind !== 'RESOLVE') && !flowOf(placed, parts).messages?.length,
    isOrphan,
    isOver: isEnded(state) || Boolean(last.settledElsewhere),
    steps,
    gaps: gapsOf(placed),
    ...flowOf(placed, parts),
    end: Math.max(...placed.map((part) => part.heard)),
  };
}

/** The messages to and from other servers, if it flowed. */
function flowOf(placed, parts) {
  const flowing = parts.find(({ told }) => told.flow)?.told;
  return flowing ? { flow: flowing.flow, server: flowing.server, messages: placed.flatMap(({ messages }) => messages) } : {};
}

const isEnded = (state) => state === 'COMMITTED' || state === 'ABORTED';

/** The resolver sometimes comes to a branch that its coordinator has just ended, and finds nothing. */
const isLateLook = (told, first) => isEnded(first.state) && told.steps.every((step) => step.kind === 'RESOLVE' && resultOf(step) !== 'yes');

/**
 * What was not prepared went with its connection, even if nobody said so; what was prepared waits for the resolver. Who died after another server
 * had told it the decision has told us that: it is committed. Before that, the others decide.
 */
function stateOf({ state, answer }, steps, messages, isOrphan) {
  if (isOrphan && messages.some(({ kind, sent, outcome }) => sent && kind === 'COMMIT' && outcome?.startsWith('COMMIT'))) {
    return 'COMMITTED';
  }
  const isPrepared = [...steps, ...(isOrphan ? messages : [])].some(({ kind }) => kind === 'PREPARE' || kind === 'RESOLVE');
  if (isEnded(state) || (!isOrphan && !(answer && state === 'ABORTING' && !isPrepared))) {
    return state;
  }
  return isPrepared ? 'IN_DOUBT' : 'ABORTED';
}

function placedPart({ told }, began, isDead, next) {
  const offset = Date.parse(told.began) - began;
  const isComplete = isEnded(told.state) && told.steps.every(({ to }) => to !== undefined);
  const isCut = !isComplete && !isEnded(told.state) && (isDead || next !== undefined);
  const answered = told.steps.find(({ kind, to }) => kind === 'REQUEST' && to !== undefined)?.to;
  const heard = offset + Math.max(isEnded(told.state) || !answered ? told.millis : 0, ...told.steps.map(({ from, to }) => to ?? from));
  const steps = told.steps.map((step) => {
    const isLost = step.to === undefined && (isCut || (answered !== undefined && step.kind === 'WORK'));
    const to = step.to ?? (isLost ? (isCut ? told.millis : answered) : undefined);
    const lost = isLost ? (isCut ? 'death' : 'connection') : undefined;
    return { ...step, from: offset + step.from, to: to === undefined ? undefined : offset + Math.max(to, step.from), lost };
  });
  const messages = (told.messages ?? []).map((message) => ({
    ...message,
    from: offset + message.from,
    to: message.to === undefined ? (isCut ? offset + told.millis : undefined) : offset + message.to,
    outcome: message.to === undefined && isCut ? 'NO_ANSWER' : message.outcome,
  }));
  return { steps, messages, heard: isCut ? offset + told.millis : heard, isCut, offset };
}

function gapsOf(placed) {
  return placed.flatMap((part, i) => (part.isCut ? [{ from: part.heard, to: placed[i + 1] && Math.max(placed[i + 1].offset, part.heard) }] : []));
}

/** What became of one branch's step: 'open', 'cut' by a death, 'lost' with its connection, 'yes', 'no', 'readOnly' (it wrote nothing, and is over), 'silent' (no answer, or unknown) or 'left' (to the resolver). */
export function resultOf({ kind, to, outcome, lost }) {
  if (lost) {
    return lost === 'death' ? 'cut' : 'lost';
  }
  if (to === undefined) {
    return 'open';
  }
  switch (kind) {
    case 'WORK':
      return outcome === '' ? 'yes' : 'silent';
    case 'PREPARE':
      return { PREPARED: 'yes', READ_ONLY: 'readOnly', NO_ANSWER: 'silent' }[outcome] ?? 'no';
    case 'DECISION':
    case 'COMMIT':
      return { COMMIT: 'yes', COMMIT_PENDING: 'left', ABORT: 'no', UNKNOWN: 'silent', NO_ANSWER: 'silent' }[outcome] ?? 'no';
    case 'ROLLBACK':
      return { DONE: 'yes', NOT_THERE: 'yes', COMMIT: 'no' }[outcome] ?? 'silent';
    case 'RESOLVE':
      return { COMMIT: 'yes', ROLLBACK: 'yes' }[outcome] ?? 'silent';
    case 'TAKE':
      return outcome === 'GRANTED' ? 'yes' : 'no';
    default:
      return 'yes';
  }
}

/** Whether it is but a branch that somebody else has ended before the resolver came, or will have in a moment. */
export const isRumour = ({ isHalf, isHealed, isOver, began }, now) => isHalf && !isHealed && (isOver || now - began < RUMOUR_MILLIS);

/** One of the filter's outcomes: 'open', 'committed', 'aborted' or 'doubt'; what the resolver healed counts as 'doubt', too. */
export function outcomesOf({ state, isHealed }) {
  const troubled = isHealed || state === 'IN_DOUBT' ? ['doubt'] : [];
  const ended = { COMMITTED: ['committed'], READY: ['committed'], ABORTED: ['aborted'] }[state] ?? [];
  return [...ended, ...troubled];
}
