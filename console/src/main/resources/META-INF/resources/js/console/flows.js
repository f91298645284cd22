import { copyable } from '../copy.js';
import { duration } from '../duration.js';
import { element } from '../element.js';
import { say, timeOfDay } from '../language.js';
import { facts, verbatim } from './words.js';

/** The peers, and the flows that are not over here: who waits for whom, since when, and how that is known. */
export function flowBoard({ server, flows, peers }) {
  const heading = element('p', { className: 'flows-server' }, say('flows.server', { server }));
  const none = element('p', { className: 'notice' }, say('flows.none'));
  const list = element('ul', { className: 'doubts flows' }, ...[...flows].sort(byWaiting).map((flow) => element('li', {}, ...openFlow(flow))));
  return [heading, element('ul', { className: 'peers' }, ...peers.map(peerItem)), flows.length ? list : none];
}

/** Those that wait for somebody else come first, then the oldest. */
const byWaiting = (one, other) => isWaiting(other) - isWaiting(one) || other.ageMillis - one.ageMillis;

const isWaiting = ({ waits }) => Number(waits.some(({ kind }) => kind !== 'APPLICATION'));

function peerItem({ name, reachable, reason, heard, failed, skewMillis }) {
  const said = reachable
    ? heard
      ? say('flows.peer.heard', { time: timeOfDay(heard) })
      : say('flows.peer.unheard')
    : say('flows.peer.away', { time: timeOfDay(failed) });
  const clock =
    Math.abs(skewMillis ?? 0) >= 1000
      ? [element('span', { className: 'remark' }, say(skewMillis > 0 ? 'flows.peer.ahead' : 'flows.peer.behind', { millis: duration(Math.abs(skewMillis)) }))]
      : [];
  const item = element('li', {}, element('span', { className: 'peer-name' }, name), element('span', {}, said), ...clock, ...(reason ? [verbatim(reason)] : []));
  item.dataset.state = reachable ? 'here' : 'away';
  return item;
}

function openFlow(flow) {
  const { flow: id, globalId, handle, superior, subordinates, state, stateMillis, ageMillis, part, commitPoint, decision, waits } = flow;
  return [
    element('p', { className: isWaiting(flow) ? 'age' : 'age calm' }, duration(ageMillis)),
    element(
      'div',
      { className: 'doubt' },
      element('h3', {}, say(`flows.state.${state}`, { millis: duration(stateMillis) })),
      element(
        'p',
        {},
        say(superior ? 'flows.calledBy' : 'flows.root', { superior }),
        subordinates.length ? ` ${say('flows.calls', { subordinates: subordinates.join(say('flows.and')) })}` : '',
      ),
      ...waits.flatMap(waitWords),
      element(
        'details',
        {},
        element('summary', { id: `more-flow-${id}-${globalId}` }, say('flows.more')),
        facts(
          [say('flows.id'), copyable(id, 'flow', globalId)],
          handle && [say('flows.handle'), copyable(handle, 'handle')],
          globalId && [say('detail.globalId'), element('a', { href: `#transaction=${encodeURIComponent(globalId)}` }, globalId)],
          [say('flows.part'), say(`flows.part.${part}`)],
          commitPoint && [say('transactions.commitPoint'), commitPoint],
          decision && [say('flows.decision'), copyable(decision, 'decision', globalId)],
        ),
      ),
    ),
  ];
}

/** For whom, for how long, and how that is known. */
const waitWords = ({ whom, kind, millis, because }) => [
  element('p', { className: 'flows-wait' }, say(`flows.waits.${kind}`, { whom, millis: duration(millis) })),
  ...(because ? [verbatim(because)] : []),
];
