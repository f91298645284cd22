import { Announcer } from '/js/ticket/announcer.js';
import { roughly } from '/js/ticket/estimate.js';
import { reasonInWords } from '/js/ticket/reason.js';
import { isNext, ticketTitle } from '/js/ticket/title.js';
import { equal, inEach, test } from './cases.js';
import { withClock } from './clock.js';
import { vocabulary } from './java.js';

const tea = () => 'Tea';
const estimates = (...seconds) => seconds.map((each) => roughly(each));

test('an estimate is rounded up, so that nobody waits longer than promised', () => {
  equal(estimates(6, 10, 10.2, 11, 54, 55), [
    'in about 10 seconds',
    'in about 10 seconds',
    'in about 15 seconds',
    'in about 15 seconds',
    'in about 55 seconds',
    'in about 55 seconds',
  ]);
  equal(estimates(61, 120, 121, 3540), ['in about 2 minutes', 'in about 2 minutes', 'in about 3 minutes', 'in about 59 minutes']);
  equal(estimates(3601, 7200, 7201), ['in about 2 hours', 'in about 2 hours', 'in about 3 hours']);
});

test('an estimate of one minute, or hour, is in the singular', () => {
  equal(estimates(55.1, 56, 60), Array(3).fill('in about a minute'));
  equal(estimates(3541, 3600), Array(2).fill('in about an hour'));
});

test('an estimate of a few seconds is any moment, and of none is not known', () => {
  equal(
    inEach(() => estimates(0, 5, undefined)),
    {
      en: ['any moment now', 'any moment now', 'not known yet'],
      zh: ['马上', '马上', '尚不可知'],
    },
  );
});

test('an estimate never promises a later moment less', () => {
  const inSeconds = (words) => {
    const count = Number(words.match(/\d+/)?.[0] ?? 1);
    return count * (words.includes('hour') ? 3600 : words.includes('minute') ? 60 : 1);
  };
  const promises = Array.from({ length: 20_000 }, (_, seconds) => inSeconds(roughly(seconds)));
  equal(
    promises.findIndex((promise, seconds) => seconds > 5 && promise < seconds),
    -1,
    'seconds promised too soon',
  );
  equal(
    promises.findIndex((promise, i) => promise < promises[i - 1]),
    -1,
    'seconds promised less than one before',
  );
});

const soldOut = (reasonCode, more) => ({ reasonCode, reason: 'English words', productId: 7, quantity: 1500, ...more });

test('each reason of a ticket is said in the reader’s language, by its code and numbers', () => {
  equal(
    inEach(() => reasonInWords(soldOut('OUT_OF_STOCK', { available: 1200 }), tea)),
    {
      en: 'Tea: you asked for 1,500, and when your number came up 1,200 were left. Nothing was ordered.',
      zh: '您要 1,500 件“Tea”，叫到您的号码时只剩 1,200 件。没有下单。',
    },
  );
  equal(
    inEach(() => reasonInWords(soldOut('UNKNOWN_PRODUCT'), tea)),
    {
      en: 'Tea is no longer sold. Nothing was ordered.',
      zh: '“Tea”已下架。没有下单。',
    },
  );
  const said = inEach(() => vocabulary.TicketReason.map((code) => reasonInWords(soldOut(code, { available: 0 }), tea)));
  Object.values(said).forEach((words) => {
    equal(new Set(words).size, vocabulary.TicketReason.length, words.join());
    equal(
      words.filter((each) => /undefined|NaN|\{\w+\}/.test(each)),
      [],
    );
  });
});

test('the shop’s own English words are not told, whatever they are', () => {
  const without = ['OUT_OF_STOCK', 'UNKNOWN_PRODUCT', 'ID_TAKEN'];
  equal(
    without.filter((code) => reasonInWords(soldOut(code, { available: 0 }), tea).includes('English words')),
    [],
  );
});

test('what an operator wrote stays as it is, even if it looks like the shop’s words or a string of ours', () => {
  const reasons = ['Product 7 has 1 pieces left, 2 were asked for', 'There is no product 7', '{product} $& <b>'];
  equal(
    reasons.map((reason) => reasonInWords(soldOut('REFUSED', { reason }), tea)),
    reasons.map((reason) => `The shop says: “\u2068${reason}\u2069”. Nothing was ordered.`),
  );
});

test('only the first in the queue is next', () => {
  equal([isNext('WAITING', { place: 1 }), isNext('WAITING', { place: 2 }), isNext('READY', {}), isNext('asking')], [true, false, false, false]);
  equal(
    inEach(() => ticketTitle('WAITING', { place: 1 })),
    { en: 'You are next.', zh: '下一位就是您。' },
  );
});

test('each state of a ticket has a title, in each language', () => {
  const titles = inEach(() => [...vocabulary.TicketState, 'asking', 'absent', 'malformed'].map((state) => ticketTitle(state, { place: 2 })));
  for (const said of Object.values(titles)) {
    equal(new Set(said).size, vocabulary.TicketState.length + 3, said.join());
  }
});

test('a new title is said aloud at once, the place in the queue now and then', () =>
  withClock(async (clock) => {
    const region = document.createElement('p');
    const announcer = new Announcer(region);
    const said = (state, ticket) => {
      announcer.tell(state, ticket);
      return region.textContent;
    };
    equal(said('asking'), 'Looking for your ticket…');
    equal(said('WAITING', { place: 9 }), 'Your place in the queue: 9.', 'a new title');
    await clock.pass(14_999);
    equal(said('WAITING', { place: 8 }), 'Your place in the queue: 9.', 'too soon');
    await clock.pass(1);
    equal(said('WAITING', { place: 5 }), 'Your place in the queue: 5.', 'after a while');
    equal(said('WAITING', { place: 1 }), 'You are next.');
    await clock.pass(60_000);
    equal(said('READY', {}), 'Your order is ready.');
  }));
