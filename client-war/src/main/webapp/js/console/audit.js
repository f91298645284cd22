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
  const { at, gid, decision, reason, outcome, because } = action;
  const isReset = decision === 'RESET';
  return element(
    'li',
    {},
    element('time', { dateTime: at }, dateAndTime(at)),
    element(
      'div',
      {},
      element('p', {}, isReset ? say('audit.reset', action) : deed(action), ' ', ...(isReset ? [] : [element('span', { className: 'remark' }, say(`audit.${outcome ?? 'OPEN'}`))])),
      ...(isReset ? [] : [element('p', { className: 'quote' }, reason)]),
      ...(because ? [verbatim(because)] : []),
      ...(gid ? [copyable(gid, 'audit', at)] : []),
    ),
  );
}

const deed = ({ operator, decision, participant, heuristic }) =>
  say(heuristic ? 'audit.guess' : 'audit.line', { operator, decision: say(`resolve.${decision}`), participant });
