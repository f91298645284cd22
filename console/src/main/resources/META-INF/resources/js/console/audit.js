import { copyable } from '../copy.js';
import { element } from '../element.js';
import { dateAndTime, say } from '../language.js';
import { verbatim } from './words.js';

/** What operators did, the newest first; `undefined` means that nobody may see it who is not logged in. */
export function auditList(actions) {
  if (!actions) {
    return [element('p', { className: 'notice' }, say('audit.onlyOperators'))];
  }
  if (!actions.length) {
    return [element('p', { className: 'notice' }, say('audit.none'))];
  }
  return [element('ol', { className: 'audit' }, ...actions.map(line))];
}

function line(action) {
  const { at, gid, because } = action;
  return element(
    'li',
    {},
    element('time', { dateTime: at }, dateAndTime(at)),
    element(
      'div',
      {},
      ...(action.decision === 'RESET' ? reset(action) : deed(action)),
      ...(because ? [verbatim(because)] : []),
      ...(gid ? [copyable(gid, 'audit', at)] : []),
    ),
  );
}

/** What was counted until then is known unless an earlier version wrote it. */
const reset = ({ operator, counted }) => [
  element('p', {}, say('audit.reset', { operator })),
  ...(counted ? [element('p', { className: 'remark' }, say('audit.reset.counted', { ...counted, since: dateAndTime(counted.since) }))] : []),
];

/** What somebody did to branches or old rows: the intent was written down before the deed, its outcome after it. */
const deed = (action) => [
  element('p', {}, inWords(action), ' ', element('span', { className: 'remark' }, say(`audit.${action.outcome ?? 'OPEN'}`))),
  element('p', { className: 'quote' }, action.reason),
];

function inWords({ operator, decision, participant, heuristic }) {
  if (decision === 'ARCHIVE') {
    return say('audit.archive', { operator });
  }
  return say(heuristic ? 'audit.guess' : 'audit.line', { operator, decision: say(`resolve.${decision}`), participant });
}
