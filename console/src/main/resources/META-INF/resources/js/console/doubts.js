import { copyable } from '../copy.js';
import { duration } from '../duration.js';
import { element } from '../element.js';
import { say, timeOfDay } from '../language.js';
import { code, facts, onlyOperators, verbatim } from './words.js';

/** A coordinator that lives ends its branches sooner. */
const IN_DOUBT_AFTER_MILLIS = 2000;

/**
 * The branches that wait for too long; `resolve` is offered for each if it is given, and the way to log in otherwise. `at` is when that was so,
 * if it may not be so any more.
 */
export function doubts({ branches, silent }, resolve, at) {
  const doubtful = branches.filter(({ ageMillis }) => ageMillis > IN_DOUBT_AFTER_MILLIS);
  const silence = silent.map(({ participant, reason }) =>
    element('div', { className: 'failure' }, element('p', { className: 'notice failing' }, say('doubts.silent', { participant })), verbatim(reason)),
  );
  if (!doubtful.length) {
    const none = at === undefined ? say('doubts.none') : say('doubts.none.then', { time: timeOfDay(at) });
    return silence.length ? silence : [element('p', { className: 'notice' }, none)];
  }
  const words = resolve ? [] : [onlyOperators('doubts')];
  const list = doubtful.sort((one, other) => other.ageMillis - one.ageMillis).map((branch) => element('li', {}, ...doubt(branch, resolve)));
  return [...silence, ...words, element('ul', { className: 'doubts' }, ...list)];
}

function doubt(branch, resolve) {
  return [
    element('p', { className: 'age' }, duration(branch.ageMillis)),
    element(
      'div',
      { className: 'doubt' },
      element('h3', {}, say('doubts.where', { branch: branch.branch, participant: branch.participant })),
      element('p', {}, say(`evidence.${branch.evidence}`, branch)),
      element(
        'details',
        {},
        element('summary', { id: `more-${branch.participant}-${branch.gid}` }, say('doubts.more')),
        verbatim(branch.because),
        ...details(branch),
      ),
    ),
    ...(resolve ? [resolveButton(branch, resolve)] : []),
  ];
}

const details = ({ participant, branch, gid, globalId, commitPoint, flow, coordinator, coordinatorAlive, coordinatorHere }) => [
  facts(
    [say('transactions.commitPoint'), commitPoint],
    [say('doubts.coordinator'), code(coordinator), ` – ${say(coordinatorHere ? 'doubts.here' : coordinatorAlive ? 'doubts.alive' : 'doubts.dead')}`],
    [say('detail.globalId'), copyable(globalId, participant, branch)],
    flow && [say('flows.id'), copyable(flow, participant, gid)],
    [say('doubts.gid'), copyable(gid, participant)],
  ),
];

/** Where the focus returns to once the question is closed. */
export const resolveId = ({ participant, gid }) => `resolve-${participant}-${gid}`;

function resolveButton(branch, resolve) {
  const button = element('button', { type: 'button', id: resolveId(branch) }, say('doubts.resolve'));
  button.addEventListener('click', () => resolve(branch));
  return button;
}
