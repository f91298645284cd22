import { flowStory } from '/js/picture/flow.js';
import { merge, storyOf } from '/js/picture/transaction.js';
import * as recorded from './recorded-flow.js';
import { BEGAN, step } from './stories.js';

/** Orders that flowed between three servers, as each of them tells it: written by hand from the protocol's table of messages, but for one that was recorded. */

const FLOW = '5f0c2a52-8f59-4b41-9c43-8f0d6a3f5a10';

/** A message as its sender or its receiver tells it. */
const sent = (kind, peer, from, to, outcome = '', more = {}) => ({ kind, peer, sent: true, from, to, outcome, ...more });
const came = (kind, peer, from, to, outcome = '', more = {}) => ({ kind, peer, sent: false, from, to, outcome, ...more });

const first = { call: 1 };

/** What a server tells of its transaction, but for what is given. */
const told = (server, changes) => ({
  globalId: `4871251_${server}`,
  flow: FLOW,
  server,
  state: 'COMMITTED',
  began: BEGAN,
  millis: 30,
  commitPoint: '',
  resolved: false,
  settledElsewhere: false,
  steps: [],
  messages: [],
  ...changes,
});

const request = (to, status) => step('REQUEST', '', '', 0, to, to === undefined ? '' : String(status));

/** The server without a database, where the order came in: it calls product, then order, and drives both to the end. */
const client = (changes = {}) =>
  told('client', {
    answer: 201,
    order: { orderId: '0b0f4d5c-5b3a-4c39-9c55-2a6f6f3f1f10', orderName: 'Breakfast', productId: 7, quantity: 2 },
    steps: [request(30, 201)],
    messages: [
      sent('WORK', 'product', 1, 5, 'DONE', first),
      sent('WORK', 'order', 5, 10, 'DONE', first),
      sent('PREPARE', 'product', 11, 14, 'PREPARED'),
      sent('PREPARE', 'order', 14, 18, 'PREPARED'),
      sent('COMMIT', 'product', 18, 22, 'COMMIT'),
      sent('COMMIT', 'order', 22, 26, 'COMMIT'),
      sent('FORGET', 'product', 27, 28, 'DONE'),
    ],
    ...changes,
  });

/** Holds the commit point. */
const product = (changes = {}) =>
  told('product', {
    commitPoint: 'product',
    steps: [
      step('WORK', 'product', 'C0', 2, 11.5),
      step('PREPARE', 'product', 'C0', 11.5, 13.5, 'PREPARED'),
      step('DECISION', 'product', 'C0', 18.5, 21.5, 'COMMIT'),
    ],
    messages: [
      came('WORK', 'client', 1.5, 4.5, 'DONE', first),
      came('PREPARE', 'client', 11.3, 13.7, 'PREPARED'),
      came('COMMIT', 'client', 18.3, 21.7, 'COMMIT'),
      came('FORGET', 'client', 27.3, 27.6, 'DONE'),
    ],
    ...changes,
  });

/** Follows. */
const order = (changes = {}) =>
  told('order', {
    commitPoint: 'product',
    steps: [
      step('WORK', 'orders', 'F2-0', 6, 14.5),
      step('PREPARE', 'orders', 'F2-0', 14.5, 17.5, 'PREPARED'),
      step('COMMIT', 'orders', 'F2-0', 22.5, 25.5, 'COMMIT'),
    ],
    messages: [
      came('WORK', 'client', 5.5, 9.5, 'DONE', first),
      came('PREPARE', 'client', 14.3, 17.7, 'PREPARED'),
      came('COMMIT', 'client', 22.3, 25.7, 'COMMIT'),
    ],
    ...changes,
  });

const record = (transaction) => ({ server: transaction.server, transactions: [transaction] });
const all = (...transactions) => transactions.map(record);

/** The messages of the client until order is to commit. */
const untilCommit = client().messages.slice(0, 5);

const cutAtCommit = client({
  settledElsewhere: true,
  answer: 201,
  millis: 5030,
  steps: [request(5030, 201)],
  messages: [...untilCommit, sent('COMMIT', 'order', 22, 5022, 'NO_ANSWER', { reason: 'order has not answered within 5 s' })],
});

const asked = (from, to, outcome) => sent('DECISIONS', 'product', from, to, outcome);

/** The link from client to order was cut before the commit; order asks the commit point's server, and commits. */
const healed = {
  client: cutAtCommit,
  product: product({ messages: [...product().messages.slice(0, 3), came('DECISIONS', 'order', 2019, 2020, 'COMMIT')] }),
  order: order({
    millis: 2030,
    steps: [...order().steps.slice(0, 2), step('COMMIT', 'orders', 'F2-0', 2022, 2025, 'COMMIT')],
    messages: [...order().messages.slice(0, 2), asked(2018, 2021, 'COMMIT')],
  }),
};

/** As a server tells it whose part began later. */
const later = (part, millis) => {
  const moved = (list) => list.map((each) => ({ ...each, from: each.from - millis, to: each.to === undefined ? undefined : each.to - millis }));
  const began = new Date(Date.parse(BEGAN) + millis).toISOString();
  return { ...part, began, steps: moved(part.steps), messages: moved(part.messages) };
};

/** The follower's database was away at the commit; its resolver tells of what it did later, in a part of its own. */
const inDoubt = order({ state: 'IN_DOUBT', steps: [...order().steps.slice(0, 2), step('COMMIT', 'orders', 'F2-0', 22.5, 25.5, 'COMMIT_PENDING')] });
const resolved = later(order({ messages: [], steps: [step('RESOLVE', 'orders', 'F2-0', 2000, 2003, 'COMMIT')] }), 2000);

/** Each with who tells it, and what the peers have told. */
const FLOWS = {
  'A flow, and nobody was asked': [client(), []],
  'A flow that all tell of': [client(), all(product(), order())],
  'The decision is forgotten a second later': [
    client({ messages: [...client().messages.slice(0, 6), sent('FORGET', 'product', 1027, 1029, 'DONE')] }),
    all(product({ messages: product().messages.slice(0, 3) }), order()),
  ],
  'A flow that began before this server took part': [later(order(), 5), all(client(), product())],
  'A flow as the holder sees it': [product(), all(client(), order())],
  'A flow as the follower sees it': [order(), [...all(client()), { server: 'product', missing: 'does not answer: Connection refused' }]],
  'A peer’s events are missing': [client(), [...all(product()), { server: 'order', missing: 'order is no peer of this server' }]],
  'A clock is five seconds ahead': [client(), [...all(product()), record(order({ began: '2026-01-01T10:00:05.000Z' }))]],
  'A resolver ended what was left': [client(), [...all(product()), { server: 'order', transactions: [inDoubt, resolved] }]],
  'The link was cut, and it was healed': [healed.client, all(healed.product, healed.order)],
  'The link was cut after the message': [
    client({ messages: [...untilCommit, sent('COMMIT', 'order', 22, 5022, 'NO_ANSWER')], millis: 5030, state: 'COMMITTING' }),
    all(product(), order()),
  ],
  'The link is still cut': [
    client({ state: 'COMMITTING', answer: undefined, millis: 900, steps: [request()], messages: [...untilCommit, sent('COMMIT', 'order', 22)] }),
    [...all(product()), { server: 'order', missing: 'has not answered within 2 s' }],
  ],
  'A follower said no': [
    client({
      state: 'ABORTED',
      answer: 409,
      steps: [request(24, 409)],
      messages: [
        ...untilCommit.slice(0, 3),
        sent('PREPARE', 'order', 14, 18, 'NO', { reason: 'could not serialize access' }),
        sent('ROLLBACK', 'product', 19, 22, 'DONE'),
      ],
    }),
    all(
      product({
        state: 'ABORTED',
        steps: [...product().steps.slice(0, 2), step('ROLLBACK', 'product', 'C0', 19.6, 21.5, 'DONE')],
        messages: [...product().messages.slice(0, 2), came('ROLLBACK', 'client', 19.4, 21.7, 'DONE')],
      }),
      order({ state: 'ABORTED', steps: [order().steps[0], step('PREPARE', 'orders', 'F2-0', 14.5, 17.5, 'REFUSED')], messages: order().messages.slice(0, 1) }),
    ),
  ],
  'The holder lost its patience': [
    product({
      state: 'ABORTED',
      millis: 11_030,
      steps: [...product().steps.slice(0, 2), step('ROLLBACK', 'product', 'C0', 11_012, 11_020, 'DONE')],
      messages: [
        ...product().messages.slice(0, 2),
        sent('ALIVE', 'client', 1014, 6014, 'NO_ANSWER'),
        { kind: 'PATIENCE', peer: '', sent: true, from: 11_011, to: 11_011, outcome: 'ROLLBACK' },
      ],
    }),
    [{ server: 'client', missing: 'Connection refused' }],
  ],
  'Nobody knows the outcome': [
    client({
      state: 'IN_DOUBT',
      answer: 503,
      millis: 10_030,
      steps: [request(10_030, 503)],
      messages: [
        ...client().messages.slice(0, 4),
        sent('COMMIT', 'product', 18, 5018, 'NO_ANSWER'),
        { kind: 'IN_DOUBT', peer: '', sent: true, from: 10_020, to: 10_020, outcome: 'UNKNOWN' },
      ],
    }),
    [],
  ],
  'A flow that was recorded': [recorded.client, all(recorded.product, recorded.order)],
  'A chain': [
    client({
      messages: [sent('WORK', 'order', 1, 12, 'DONE', first), sent('PREPARE', 'order', 12, 20, 'PREPARED'), sent('COMMIT', 'order', 20, 28, 'COMMIT')],
    }),
    all(
      order({
        steps: [
          step('WORK', 'orders', 'C0', 2, 12.5),
          step('PREPARE', 'orders', 'C0', 12.5, 15, 'PREPARED'),
          step('DECISION', 'orders', 'C0', 20.5, 23, 'COMMIT'),
        ],
        messages: [
          came('WORK', 'client', 1.5, 11.5, 'DONE', first),
          sent('WORK', 'product', 4, 9, 'DONE', first),
          came('PREPARE', 'client', 12.3, 19.5, 'PREPARED'),
          sent('PREPARE', 'product', 15, 19, 'PREPARED'),
          came('COMMIT', 'client', 20.3, 27.7, 'COMMIT'),
          sent('COMMIT', 'product', 23, 27, 'COMMIT'),
        ],
      }),
      product({
        steps: [
          step('WORK', 'product', 'F1-1-0', 5, 15.5),
          step('PREPARE', 'product', 'F1-1-0', 15.5, 18.5, 'PREPARED'),
          step('COMMIT', 'product', 'F1-1-0', 23.5, 26.5, 'COMMIT'),
        ],
        messages: [
          came('WORK', 'order', 4.5, 8.5, 'DONE', first),
          came('PREPARE', 'order', 15.3, 18.7, 'PREPARED'),
          came('COMMIT', 'order', 23.3, 26.7, 'COMMIT'),
        ],
      }),
    ),
  ],
};

/** The story of a server's part alone, as the page makes it of what the stream tells. */
export const partOf = (transaction) => storyOf(merge(undefined, transaction, 'p'), 'p');

export const flows = Object.fromEntries(Object.entries(FLOWS).map(([name, [here, records]]) => [name, flowStory(partOf(here), records)]));

/** What the stream and `api/flows/{flow}` tell of it. */
export const toldOf = (name) => ({ here: FLOWS[name][0], servers: FLOWS[name][1], flow: FLOW });
