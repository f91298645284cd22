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
      ...(action.decision === 'RESET' ? reset(action) : settlement(action)),
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

const settlement = ({ operator, decision, participant, heuristic, reason, outcome }) => [
  element(
    'p',
    {},
    say(heuristic ? 'audit.guess' : 'audit.line', { operator, decision: say(`resolve.${decision}`), participant }),
    ' ',
    element('span', { className: 'remark' }, say(`audit.${outcome ?? 'OPEN'}`)),
  ),
  element('p', { className: 'quote' }, reason),
];
