import { choose, currentLanguage, dateAndTime, isolated, languages, nameOf, say, timeOfDay, translatePage } from '/js/language.js';
import { equal, inEach, test } from './cases.js';

/** Wherever the browser is. */
const NOON = new Date(2026, 2, 4, 12, 5, 6).toISOString();
let copies = 0;

/** The module as a page that is opened now has it. */
const opened = () => import(`/js/language.js?copy=${++copies}`);

async function inBrowserOf(language, body) {
  Object.defineProperty(navigator, 'language', { configurable: true, value: language });
  Object.defineProperty(navigator, 'languages', { configurable: true, value: [language] });
  try {
    return await body();
  } finally {
    delete navigator.language;
    delete navigator.languages;
  }
}

test('there are two languages, each with its own name', () => {
  equal(languages, ['en', 'zh']);
  equal(languages.map(nameOf), ['English', '中文']);
});

test('names in a string are filled in, where the language has them', () => {
  equal(
    inEach(() => say('orders.content', { quantity: 3, product: 'Tea' })),
    { en: '3 × Tea', zh: 'Tea × 3' },
  );
});

test('what fills a string in is never taken for a part of it', () => {
  const product = "$& $1 $' {quantity} <b>";
  equal(say('orders.content', { quantity: 1, product }), `1 × ${product}`);
});

test('numbers are written the language’s way, and text that looks like one stays as it is', () => {
  equal(
    inEach(() => say('statistics.count', { count: 1234567.5 })),
    { en: '1,234,567.5', zh: '1,234,567.5' },
  );
  equal(say('statistics.count', { count: '1234567' }), '1234567');
  equal(say('statistics.count', { count: 0 }), '0');
});

test('numbers and dates are written in the reader’s own variety of the language', async () => {
  const british = await inBrowserOf('en-GB', () => dateAndTime(NOON));
  const american = await inBrowserOf('en-US', () => dateAndTime(NOON));
  equal([british, american.replace('\u202f', ' ')], ['4 Mar 2026, 12:05', 'Mar 4, 2026, 12:05 PM']);
  equal(await inBrowserOf('en-IN', () => say('statistics.count', { count: 1234567 })), '12,34,567');
});

test('a browser in a third language writes numbers as the page’s language does', async () => {
  equal(await inBrowserOf('de-DE', () => say('statistics.count', { count: 1234.5 })), '1,234.5');
});

test('moments are told in the language that was chosen', () => {
  equal(
    inEach(() => dateAndTime(NOON)),
    { en: '4 Mar 2026, 12:05', zh: '2026年3月4日 12:05' },
  );
  equal(
    inEach(() => dateAndTime(NOON, 'medium')),
    { en: '4 Mar 2026, 12:05:06', zh: '2026年3月4日 12:05:06' },
  );
  equal(
    inEach(() => timeOfDay(NOON)),
    { en: '12:05:06', zh: '12:05:06' },
  );
  equal(timeOfDay(Date.parse(NOON)), '12:05:06', 'of milliseconds');
});

test('text that somebody typed cannot turn the sentence around it', () => {
  equal(isolated('שלום'), '\u2068שלום\u2069');
});

test('a choice of language lasts, and goes before the browser’s', async () => {
  choose('zh');
  equal(currentLanguage(), 'zh');
  equal((await opened()).currentLanguage(), 'zh');
});

test('without a choice a page speaks Chinese to Chinese browsers, and English to all others', async () => {
  localStorage.clear();
  const spoken = async (language) => inBrowserOf(language, async () => (await opened()).currentLanguage());
  equal([await spoken('zh-CN'), await spoken('zh-TW'), await spoken('zh'), await spoken('en-US'), await spoken('de')], ['zh', 'zh', 'zh', 'en', 'en']);
});

test('a language that there is none of is not remembered', async () => {
  for (const stored of ['fr', '', 'constructor']) {
    localStorage.setItem('lockstep.language', stored);
    equal((await opened()).currentLanguage(), 'en', stored);
  }
});

test('where storage is blocked a choice lasts as long as the page', async () => {
  const real = Object.getOwnPropertyDescriptor(window, 'localStorage');
  Object.defineProperty(window, 'localStorage', {
    configurable: true,
    get() {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    },
  });
  try {
    const page = await opened();
    equal(page.currentLanguage(), 'en');
    page.choose('zh');
    equal(page.say('masthead.logIn'), '登录');
  } finally {
    Object.defineProperty(window, 'localStorage', real);
  }
});

test('a page is translated where it names its strings, and says its language', () => {
  const words = document.createElement('p');
  words.dataset.text = 'orders.heading';
  document.body.append(words);
  try {
    equal(
      inEach(() => {
        translatePage();
        return [document.documentElement.lang, words.textContent];
      }),
      { en: ['en', 'Newest orders'], zh: ['zh', '最新订单'] },
    );
  } finally {
    words.remove();
  }
});
