import { auditList } from '/js/console/audit.js';
import { perSecondChart } from '/js/console/chart.js';
import { doubts } from '/js/console/doubts.js';
import { Detail } from '/js/console/detail.js';
import { Pulse } from '/js/console/pulse.js';
import { statisticsBand } from '/js/console/statistics.js';
import { ticketBand } from '/js/console/tickets.js';
import { pager, remarks, stateChips, transactionTable } from '/js/console/transactions.js';
import { facts, STATES, stateName } from '/js/console/words.js';
import { duration } from '/js/duration.js';
import { Region } from '/js/region.js';
import { subjectWords } from '/js/subject.js';
import { equal, holds, inEach, test } from './cases.js';
import { withClock } from './clock.js';
import { branch, FAILURE } from './console-parts.js';
import { vocabulary } from './java.js';
import { json, withAnswers } from './server.js';
import { told } from './stories.js';

const durations = (...millis) => millis.map(duration);
const textOf = (nodes) => nodes.map((node) => node.textContent).join('\n');
const tea = (id) => `Product ${id}`;

test('a duration is as exact as a person wants it', () => {
  equal(durations(0, 0.001, 0.42, 8.44, 19.9, 20.4, 84.4, 999), ['0 ms', '0 ms', '0.42 ms', '8.4 ms', '19.9 ms', '20 ms', '84 ms', '999 ms']);
  equal(durations(1000, 1049, 1050, 59_900), ['1 s', '1 s', '1.1 s', '59.9 s']);
  equal(durations(60_000, 61_000, 3_599_000), ['1 min 0 s', '1 min 1 s', '59 min 59 s']);
  equal(durations(3_600_000, 5_430_000, 360_000_000), ['1 h 0 min', '1 h 30 min', '100 h 0 min']);
});

test('a duration is rounded before its unit is chosen', () => {
  equal(durations(9.96, 999.4, 999.5, 999.9), ['10 ms', '999 ms', '1 s', '1 s']);
  equal(durations(59_949, 59_950, 59_999), ['59.9 s', '1 min 0 s', '1 min 0 s']);
  equal(durations(3_599_499, 3_599_500), ['59 min 59 s', '1 h 0 min']);
});

test('durations are told in each language', () => {
  equal(
    inEach(() => durations(5, 1500, 61_000, 3_660_000)),
    {
      en: ['5 ms', '1.5 s', '1 min 1 s', '1 h 1 min'],
      zh: ['5 毫秒', '1.5 秒', '1 分 1 秒', '1 小时 1 分'],
    },
  );
});

test('the console knows the states that the server has, each by a name of its own', () => {
  equal([...STATES].sort(), [...vocabulary.State].sort());
  Object.values(inEach(() => STATES.map(stateName))).forEach((names) => equal(new Set(names).size, STATES.length, names.join()));
});

test('facts leave out what there is none of', () => {
  const list = facts(['One', '1'], undefined, null, ['Two', 'a', 'b']);
  equal(
    [...list.children].map(({ textContent }) => textContent),
    ['One1', 'Twoab'],
  );
});

test('the chips count each state, and all is their sum', () => {
  const counts = Object.fromEntries(STATES.map((state, i) => [state, i * 1000]));
  const chips = stateChips(counts, 'ABORTED', () => undefined);
  const shown = chips.map((chip) => Number(chip.querySelector('.count').textContent.replaceAll(',', '')));
  equal(
    shown[0],
    shown.slice(1).reduce((sum, count) => sum + count),
  );
  equal(shown[0], 28_000);
  equal(
    chips.filter((chip) => chip.getAttribute('aria-pressed') === 'true').map(({ id }) => id),
    ['state-ABORTED'],
  );
});

test('a state that is not counted has none, and all are chosen unless one is', () => {
  const chips = stateChips({}, undefined, () => undefined);
  equal(
    chips.map((chip) => chip.querySelector('.count').textContent),
    Array(9).fill('0'),
  );
  equal(chips[0].getAttribute('aria-pressed'), 'true');
});

test('a chip chooses its state', () => {
  const chosen = [];
  stateChips({}, undefined, (state) => chosen.push(state)).forEach((chip) => chip.click());
  equal(chosen, [undefined, ...STATES]);
});

test('only what has ended can have been resolved', () => {
  const said = (transaction) => textOf(remarks(transaction));
  equal(said({ state: 'COMMITTED', resolved: true }), 'settled');
  equal(said({ state: 'IN_DOUBT', resolved: true }), '');
  equal(said({ state: 'IN_DOUBT', resolved: true, settledElsewhere: true }), 'settled elsewhere');
  equal(said({ state: 'ABORTED', resolved: false, settledElsewhere: false }), '');
});

test('a branch is in doubt after two seconds, and the oldest comes first', () => {
  const list = doubts({ branches: [branch('young', 2000), branch('old', 2001), branch('oldest', 90_000)], silent: [] }, () => undefined);
  equal(
    [...list.at(-1).querySelectorAll('.age')].map(({ textContent }) => textContent),
    ['1 min 30 s', '2 s'],
  );
});

/** Ids that more than one of these elements, or of what they hold, has. */
function sharedIds(nodes) {
  const region = document.createElement('div');
  region.append(...nodes);
  const ids = [...region.querySelectorAll('[id]')].map(({ id }) => id);
  holds(ids.length > 0, 'none has an id');
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}

test('no two elements have one id, though the branches of one transaction and what an operator did to one say the same', () => {
  const both = [branch('one', 5000), { ...branch('other', 5000), branch: 'F2' }, { ...branch('one', 5000), participant: 'product' }];
  equal(sharedIds(doubts({ branches: both, silent: [] }, () => undefined)), []);
  const action = { at: '2026-01-01T10:00:00Z', operator: 'op', participant: 'orders', gid: 'g', decision: 'COMMIT', reason: 'because' };
  equal(sharedIds(auditList([action, { ...action, at: '2026-01-01T10:00:01Z' }])), []);
});

test('that no branch is in doubt is said only if every database was heard', () => {
  equal(textOf(doubts({ branches: [branch('young', 100)], silent: [] })), 'No branch is in doubt.');
  const silent = [{ participant: 'orders', reason: 'Connection refused' }];
  equal(textOf(doubts({ branches: [], silent })).includes('No branch'), false);
});

test('what may have changed since it was read is not told as if it were so now', async () => {
  const region = document.createElement('div');
  const view = new Region(
    region,
    async () => ({ branches: [], silent: [] }),
    (known, at) => doubts(known, undefined, at),
    { isRepeated: true },
  );
  await view.refresh();
  equal([region.dataset.old, region.textContent], ['false', 'No branch is in doubt.']);
  view.isAway = true;
  equal(region.dataset.old, 'true');
  holds(/^Seen at .*; it may have changed since\.No branch was in doubt at .*\.$/.test(region.textContent), region.textContent);
  view.isAway = false;
  equal(region.textContent, 'No branch is in doubt.');
});

test('the console is live while all its parts are answered, and says how old it is otherwise', () =>
  withClock(async (clock) => {
    const pulse = new Pulse();
    const beat = (isHeard, isWhole) => pulse.beat({ isHeard, isWhole, silent: [] });
    equal(pulse.state, { kind: 'connecting' });
    beat(true, true);
    equal(pulse.state, { kind: 'live' });
    await clock.pass(1000);
    beat(true, false);
    equal([pulse.state.kind, pulse.isServerAway], ['reconnecting', false]);
    await clock.pass(8000);
    beat(true, false);
    equal([pulse.state, pulse.isServerAway], [{ kind: 'stale', seconds: 9 }, false], 'the server answers for other parts');
    await clock.pass(4000);
    equal([pulse.state.kind, pulse.isServerAway], ['stale', true]);
    beat(true, true);
    equal([pulse.state.kind, pulse.isServerAway], ['live', false]);
    await clock.pass(4000);
    equal([pulse.state, pulse.isServerAway], [{ kind: 'stale', seconds: 4 }, true], 'no answer has come, and none has failed');
  }));

test('a database that is away explains what cannot be read, since when it is away, and only while the server says so', () =>
  withClock(async (clock) => {
    const pulse = new Pulse();
    pulse.beat({ isHeard: true, isWhole: false, silent: ['orders'] });
    const [{ database, since }] = pulse.away;
    equal([pulse.state.kind, database], ['live', 'orders']);
    await clock.pass(1000);
    pulse.beat({ isHeard: true, isWhole: false, silent: ['orders', 'product'] });
    equal([pulse.away[0].since === since, pulse.away.length], [true, 2]);
    pulse.beat({ isHeard: false, isWhole: false, silent: [] });
    equal([pulse.state.kind, pulse.away], ['reconnecting', []]);
  }));

test('while a database is away, how many are in doubt is told as what was seen before', () => {
  const inDoubt = (isAway) => [...statisticsBand({ ...STATISTICS, inDoubt: 2 }, undefined, isAway)[0].querySelectorAll('.figure')][1];
  equal([inDoubt(false).dataset.old, inDoubt(false).className], ['false', 'figure alarming']);
  equal([inDoubt(true).dataset.old, inDoubt(true).textContent], ['true', 'In doubt2as last seen: a database is away']);
});

const turned = (page) => {
  const turns = [];
  const nodes = pager(page, (offset) => turns.push(offset));
  nodes.forEach((node) => node.querySelectorAll('button').forEach((button) => button.click()));
  return [textOf(nodes), turns];
};

test('the list says which of how many it shows, and leads to the others', () => {
  equal(turned({ offset: 0, shown: 50, total: 309, size: 50 }), ['1–50 of 309NewerOlder', [50]]);
  equal(turned({ offset: 50, shown: 50, total: 309, size: 50 }), ['51–100 of 309NewerOlder', [0, 100]]);
  equal(turned({ offset: 300, shown: 9, total: 309, size: 50 }), ['301–309 of 309NewerOlder', [250]]);
  equal(turned({ offset: 0, shown: 50, total: 50, size: 50 }), ['1–50 of 50', []]);
  equal(turned({ offset: 0, shown: 0, total: 0, size: 50 }), ['', []]);
});

test('only who may resolve a branch is offered to', () => {
  const branches = [branch('old', 5000)];
  const asked = [];
  const offered = doubts({ branches, silent: [] }, ({ gid }) => asked.push(gid))
    .at(-1)
    .querySelector('#resolve-orders-old');
  offered.click();
  equal(asked, ['old']);
  const others = doubts({ branches, silent: [] });
  equal([textOf(others).includes('Only an operator can settle'), others.at(-1).querySelector('#resolve-orders-old')], [true, null]);
});

const STATISTICS = {
  active: 1,
  maxActive: 3,
  inDoubt: 0,
  committed: 1200,
  aborted: 7,
  refused: 6,
  resolvedCommit: 2,
  resolvedAbort: 3,
  responseMillis: { count: 0 },
  perSecond: { committed: [], aborted: [] },
  since: '2026-01-01T10:00:00Z',
};

test('what was resolved is the sum of its two parts', () => {
  const [figures] = statisticsBand(STATISTICS);
  const resolved = [...figures.children].find(({ textContent }) => textContent.startsWith('Settled'));
  equal(
    [...resolved.children].map(({ textContent }) => textContent),
    ['Settled', '5', '2 committed, 3 rolled back'],
  );
});

test('a server that has answered nobody yet has no response times, and the chart says so', () => {
  const words = textOf(statisticsBand(STATISTICS));
  equal(words.match(/–/g).length, 4);
  equal(words.includes('0 commits and 0 rollbacks in the last second, at most 0 commits'), true, words);
});

test('the chart has the latest second at its right, and a step for each second', () => {
  const [committed] = perSecondChart({ committed: [0, 8], aborted: [0, 4] }, '').children;
  equal(committed.getAttribute('d'), 'M298 60L298 60.00h1L299 0.00h1L300 60Z');
  const [, aborted] = perSecondChart({ committed: [1], aborted: [1] }, '').children;
  equal(aborted.getAttribute('d'), 'M299 60L299 45.00h1L300 60Z', 'a single one does not fill the chart');
});

const TICKETS = { waiting: 0, failed: 0, limit: 1000, queues: [], failures: [] };

test('a reset is told with what was counted until then, if that is known, in the reader’s words', () => {
  const counted = { since: '2026-01-01T09:00:00Z', committed: 1234, aborted: 5, refused: 4, resolvedCommit: 3, resolvedAbort: 2, settledElsewhere: 1 };
  const action = {
    at: '2026-01-01T10:00:00Z',
    operator: 'op',
    participant: 'orders',
    gid: '',
    decision: 'RESET',
    reason: 'statistics',
    outcome: 'SETTLED',
    because: null,
  };
  const words = (more) =>
    [...auditList([{ ...action, ...more }])[0].querySelectorAll('p')].map(({ textContent }) =>
      textContent.replace(/since .*?: /, 'since …: ').replace(/自 .*? 起/, '自 … 起'),
    );
  equal(
    inEach(() => words({ counted })),
    {
      en: [
        'op: reset the statistics',
        'Counted since …: 1,234 committed, 5 rolled back, of them 4 refused; 3 commits and 2 rollbacks settled; 1 settled by another instance.',
      ],
      zh: ['op：重置了统计', '自 … 起：提交 1,234，回滚 5（其中被拒绝 4）；了结为提交 3、了结为回滚 2；由其他实例了结 1。'],
    },
  );
  equal(words({}), ['op: reset the statistics']);
});

test('a queue that has served nobody has no time for each', () => {
  const band = ticketBand(
    {
      ...TICKETS,
      queues: [
        { productId: 7, waiting: 3, called: 0 },
        { productId: 8, waiting: 0, called: 9, secondsEach: 0.25 },
      ],
    },
    tea,
  );
  const rows = [...band[1].querySelectorAll('tbody tr')].map((row) => [...row.children].map(({ textContent }) => textContent));
  equal(rows, [
    ['Product 7', '3', '0', '–'],
    ['Product 8', '0', '9', '250 ms'],
  ]);
});

test('failed tickets are an operator’s, with what can be done about each', () => {
  const done = [];
  const settle = { retry: ({ ticketId }) => done.push(`retry ${ticketId}`), refuse: ({ ticketId }) => done.push(`refuse ${ticketId}`) };
  const band = ticketBand({ ...TICKETS, failed: 1, failures: [FAILURE] }, tea, settle);
  band
    .at(-1)
    .querySelectorAll('button')
    .forEach((button) => button.click());
  equal(done, ['retry t', 'refuse t']);
  equal(textOf(band).includes('No. 1,234'), true);
  equal(textOf(ticketBand({ ...TICKETS, failed: 1 }, tea)).includes('Only an operator can see'), true);
  equal(textOf(band).includes('The newest'), false);
  equal(textOf(ticketBand({ ...TICKETS, failed: 309, failures: [FAILURE] }, tea, settle)).includes('The newest 1 of 309.'), true);
});

test('a failed ticket leads to its page', () => {
  const band = ticketBand({ ...TICKETS, failed: 1, failures: [FAILURE] }, tea, {});
  equal(band.at(-1).querySelector('h3 a').getAttribute('href'), 'ticket.html?id=t');
});

test('a transaction leads to its order’s page, unless it was rolled back', async () => {
  const linksIn = (state) =>
    withAnswers([json(200, { ...told(), state, branches: [], prepared: [], locks: [] })], async () => {
      const dialog = document.createElement('dialog');
      document.body.append(dialog);
      await new Detail(dialog, tea).open('a');
      dialog.remove();
      return [...dialog.querySelectorAll('a')].map((link) => link.getAttribute('href'));
    });
  const { orderId } = told().order;
  equal([await linksIn('COMMITTED'), await linksIn('ABORTED')], [[`order.html?id=${orderId}`, 'picture.html#transaction=a'], ['picture.html#transaction=a']]);
});

test('what the console shows lacks no word, in each language, however little is known', () => {
  const action = { at: '2026-01-01T10:00:00Z', operator: 'op', participant: 'orders', gid: 'g', decision: 'COMMIT', heuristic: true, reason: 'because' };
  const { order, answer, commitPoint, ...unknown } = told();
  const parts = () => [
    ...auditList([
      action,
      { ...action, decision: 'RESET', heuristic: false, gid: '', outcome: 'SETTLED' },
      { ...action, decision: 'ARCHIVE', heuristic: false, gid: '', outcome: null },
      ...vocabulary.ReplyOutcome.map((outcome) => ({ ...action, outcome, heuristic: false, decision: 'ROLLBACK' })),
    ]),
    ...auditList([]),
    ...auditList(undefined),
    ...doubts({
      branches: vocabulary.Evidence.map((evidence) => ({ ...branch(evidence, 5000), evidence })),
      silent: [{ participant: 'product', reason: 'away' }],
    }),
    ...statisticsBand({ ...STATISTICS, settledElsewhere: 4, responseMillis: { count: 1, min: 1, average: 2, p99: 3, max: 4 } }, () => undefined),
    ...ticketBand({ ...TICKETS, failed: 1, failures: [FAILURE], queues: [{ productId: 7, waiting: 3, called: 0 }] }, tea, {}),
    ...transactionTable([told(), { ...unknown, commitPoint: '' }], tea, () => undefined),
    ...transactionTable([], tea),
  ];
  Object.entries(inEach(() => textOf(parts()))).forEach(([language, words]) =>
    holds(!/undefined|null|NaN|\[object|\{\w+\}/.test(words), `${language}: ${words}`),
  );
});

test('a transaction is named by its order, else by what it is about, else by its global id', () => {
  const { order, ...other } = told();
  const transfer = { id: 't1', title: 'Ann to Bob', facts: { amount: 'a hundred' } };
  const shared = { ...other, subjects: [transfer], subjectCount: 7 };
  const all = [
    { ...other, order },
    { ...other, subjects: [transfer] },
    { ...other, subjects: [{ ...transfer, title: '' }] },
    other,
    { ...shared, state: 'COMMITTED' },
    { ...shared, state: 'ABORTED' },
  ];
  const rows = transactionTable(
    all,
    () => 'Tea',
    () => undefined,
  )[0].querySelectorAll('tbody .of-order');
  equal(
    [...rows].map((cell) => [...cell.children].map(({ textContent }) => textContent)),
    [
      ['Breakfast', '2 × Tea'],
      ['Ann to Bob', 't1'],
      ['t1', 't1'],
      ['Not begun by an order here', 'a'],
      ['7 orders, one commit', 't1'],
      ['7 orders, one transaction', 't1'],
    ],
  );
  equal(subjectWords(transfer), 't1 · Ann to Bob · amount: a hundred');
});
