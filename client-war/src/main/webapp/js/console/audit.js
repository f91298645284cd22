import { element } from '../element.js';
import { dateAndTime, say } from '../language.js';
import { code, verbatim } from './words.js';

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

function line({ at, operator, participant, gid, decision, heuristic, reason, outcome, because }) {
  const words = say(heuristic ? 'audit.guess' : 'audit.line', { operator, decision: say(`resolve.${decision}`), participant });
  return element(
    'li',
    {},
    element('time', { dateTime: at }, dateAndTime(at)),
    element(
      'div',
      {},
      element('p', {}, words, ' ', element('span', { className: 'remark' }, say(`audit.${outcome ?? 'OPEN'}`))),
      element('p', { className: 'quote' }, reason),
      ...(because ? [verbatim(because)] : []),
      code(gid),
    ),
  );
}
