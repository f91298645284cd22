import { doubts } from '/js/console/doubts.js';
import { flowBoard } from '/js/console/flows.js';
import { equal, holds, inEach, test } from './cases.js';
import { branch, openFlow, peer } from './console-parts.js';
import { vocabulary } from './java.js';

const textOf = (nodes) => nodes.map((node) => node.textContent).join('\n');

test('the flows that wait for others come first, and say for whom, for how long, and why', () => {
  const waiting = openFlow('b', {
    state: 'PREPARED',
    ageMillis: 9000,
    superior: 'client',
    waits: [{ whom: 'client', kind: 'PEER', millis: 4000, because: 'no commit or rollback came since the vote' }],
  });
  const working = openFlow('a', { ageMillis: 60_000, subordinates: ['product', 'order'], waits: [{ whom: '', kind: 'APPLICATION', millis: 5, because: '' }] });
  const [, , list] = flowBoard({ server: 'shop', flows: [working, waiting], peers: [] });
  const [first, second] = [...list.children].map(({ textContent }) => textContent);
  holds(first.includes('Waits for the server client, for 4 s.') && first.includes('no commit or rollback came since the vote'), first);
  holds(first.includes('Called by client.'), first);
  holds(second.includes('It began here. It called product, order.') && second.includes('Waits for the application, for 5 ms.'), second);
});

test('a branch in doubt and an open flow show of which flow and decision they are', () => {
  const [list] = doubts({ branches: [{ ...branch('4871251_d_C0.x', 5000), flow: 'f-1' }], silent: [] }, () => undefined);
  holds(/Flowf-1/.test(list.textContent), list.textContent);
  holds(!/Flow/.test(textOf(doubts({ branches: [branch('g', 5000)], silent: [] }, () => undefined))));
  const [, , open] = flowBoard({ server: 'order', flows: [openFlow('f-1', { decision: '4871251_d' })], peers: [] });
  holds(/Decision4871251_d/.test(open.textContent), open.textContent);
});

test('a peer that does not answer says since when and what came instead, and a clock that is off says by how much', () => {
  const here = peer('product', { heard: '2026-01-01T10:00:00Z', skewMillis: -31_000 });
  const away = peer('order', { reachable: false, failed: '2026-01-01T10:00:00Z', reason: 'Connection refused' });
  const [, list, none] = flowBoard({ server: 'shop', flows: [], peers: [here, away, peer('new', {})] });
  const words = [...list.children].map(({ textContent }) => textContent);
  holds(/^producth.*behind$/.test(words[0]) && words[0].includes('31 s'), words[0]);
  holds(words[1].includes('does not answer since') && words[1].endsWith('Connection refused'), words[1]);
  equal(words[2], 'newnot heard of yet');
  equal(
    [...list.children].map(({ dataset }) => dataset.state),
    ['here', 'away', 'here'],
  );
  equal(none.textContent, 'No flow is open here.');
});

test('each state and part of a flow, and each kind of waiting, has its words in both languages', () => {
  const flows = vocabulary.FlowState.flatMap((state) =>
    vocabulary.FlowPart.map((part) =>
      openFlow(state + part, { state, part, waits: vocabulary.FlowWait.map((kind) => ({ whom: 'w', kind, millis: 1, because: '' })) }),
    ),
  );
  inEach(() => holds(!/flows\./.test(textOf(flowBoard({ server: 's', flows, peers: [] }))), 'a key is shown'));
});
