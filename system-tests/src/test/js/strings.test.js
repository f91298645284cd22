import { equal, test } from './cases.js';
import { pages, scripts, vocabulary } from './java.js';
import { neededBy } from './modules.js';
import { textOf, textsOf } from './sources.js';
import { stringFiles, strings } from './strings.js';

const keys = Object.keys(strings.en);
const entries = Object.entries(strings).flatMap(([language, words]) => Object.entries(words).map(([key, text]) => ({ language, key, text })));
const namesIn = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
/** Chinese characters, and Chinese punctuation. */
const CHINESE = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;

/** What scripts say: keys in quotes, and keys of which parts are computed, as patterns. */
async function saidBy(paths) {
  const texts = await textsOf(paths.filter((path) => !path.startsWith('js/strings/')));
  const spaces = new Set(keys.map((key) => key.split('.')[0]));
  const quoted = texts.flatMap((text) => [...text.matchAll(/'(\w+(?:\.[\w-]+)+)'/g)].map(([, key]) => key));
  const computed = texts
    .flatMap((text) => [...text.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g), ...text.matchAll(/say\(`([^`]*)`/g)])
    .map(([, template]) => template)
    .map((template) => template.replace(/\$\{[^{}]*\}/g, '…'))
    .filter((template) => /^[\w.…-]+$/.test(template) && template.includes('.'));
  return {
    literals: quoted.filter((key) => spaces.has(key.split('.')[0]) && !/\.(js|html)$/.test(key)),
    patterns: computed.filter((template) => /\w/.test(template)),
  };
}

const saidByScripts = () => saidBy(scripts);

const matches = (pattern) => {
  const shape = new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('…', '[\\w.-]+')}$`);
  return (key) => shape.test(key);
};

/** Keys that begin with a name that a part of a page has. */
const OF_PARTS = [
  ...['products', 'orders'].flatMap((region) => ['loading', 'empty', 'failing'].map((state) => `${region}.${state}`)),
  ...['settled', 'not-failed', 'login-required', 'invalid-request', 'no-answer'].map((kind) => `refuse.${kind}`),
  ...['settled', 'not-recorded', 'login-required', 'no-answer'].map((kind) => `reset.${kind}`),
];

test('both languages have the same strings, in the same order', () => {
  equal(Object.keys(strings.zh), keys);
});

test('no string is written twice, of which the first would be lost', async () => {
  for (const language of ['en', 'zh']) {
    const files = await textsOf(stringFiles.filter((path) => path.endsWith(`.${language}.js`)));
    const found = files.flatMap((text) => [...text.matchAll(/^ {2}'([^']+)':/gm)].map(([, key]) => key));
    equal(found, keys, language);
  }
});

test('what the shop says of a transaction in its own words, the console says without a shop', async () => {
  for (const language of ['en', 'zh']) {
    const [shop, console] = await Promise.all(['client-war', 'console'].map((room) => import(`/rooms/${room}/js/strings/subject.${language}.js`)));
    equal(Object.keys(console[language]), Object.keys(shop[language]), language);
    equal(
      Object.values(console[language]).filter((text) => /order|ticket|product|shop|订单|排队|商品|商店|库存/i.test(text)),
      [],
      language,
    );
  }
});

test('a string has the same names to be filled in, whatever the language', () => {
  // English calls a database by its short name where Chinese has its full one; the scripts give both.
  const alike = (text) => namesIn(text).map((name) => (name === 'participant' ? 'database' : name));
  const wrong = keys.filter((key) => alike(strings.en[key]).join() !== alike(strings.zh[key]).join());
  equal(wrong, []);
});

test('a database is called by both its names in the steps of a transaction alone', () => {
  const unlike = keys.filter((key) => namesIn(strings.en[key]).join() !== namesIn(strings.zh[key]).join());
  equal(
    unlike.filter((key) => !/^step\.[A-Z]+\.\w+$/.test(key)),
    [],
  );
});

test('no string has a brace that nothing fills in', () => {
  equal(
    entries.filter(({ text }) => /[{}]/.test(text.replace(/\{\w+\}/g, ''))),
    [],
  );
});

test('a string is empty only where a sentence may have nothing to add', () => {
  const empty = entries.filter(({ text }) => text.trim() === '' && text !== ' ').map(({ language, key }) => `${language} ${key}`);
  equal(
    empty.filter((at) => at !== 'zh picture.space' && !/ picture\.end\.\w+\.(open|left)$/.test(at)),
    [],
  );
});

test('English strings are English, Chinese ones Chinese', () => {
  const english = entries.filter(({ language, text }) => language === 'en' && CHINESE.test(text));
  equal(
    english.map(({ key }) => key),
    [],
  );
  const hasWords = (text) => /[a-z]{2}/i.test(text.replace(/\{\w+\}/g, ''));
  const untranslated = entries.filter(({ language, text }) => language === 'zh' && hasWords(text) && !CHINESE.test(text));
  equal(
    untranslated.map(({ key }) => key),
    ['ticket.tab.none'],
    'nothing but a name in it',
  );
});

test('Chinese sentences end with Chinese punctuation', () => {
  const wrong = entries.filter(({ language, text }) => language === 'zh' && /[\u4e00-\u9fff][.,!?;:]/.test(text));
  equal(
    wrong.map(({ key }) => key),
    [],
  );
});

test('a sentence ends as one in both languages', () => {
  const isSentence = (text) => /[.?…。？]$/.test(text);
  const wrong = keys.filter((key) => isSentence(strings.en[key]) !== isSentence(strings.zh[key]));
  equal(wrong, []);
});

test('each string that a page names is there', async () => {
  const named = (await textsOf(pages)).flatMap((text) => [...text.matchAll(/data-text="([^"]*)"/g)].map(([, key]) => key));
  equal(
    named.filter((key) => !keys.includes(key)),
    [],
  );
  equal(named.length > 50, true, `only ${named.length} found`);
});

test('each string that a script names is there', async () => {
  const { literals, patterns } = await saidByScripts();
  equal(
    literals.filter((key) => !keys.includes(key)),
    [],
    'keys',
  );
  const spaces = new Set(keys.map((key) => key.split('.')[0]));
  const ofStrings = patterns.filter((pattern) => spaces.has(pattern.split('.')[0]));
  equal(
    ofStrings.filter((pattern) => !keys.some(matches(pattern))),
    [],
    'patterns',
  );
  equal(literals.length > 200 && ofStrings.length > 30, true, `only ${literals.length} and ${ofStrings.length} found`);
});

test('each string is said by some page or script', async () => {
  const { literals, patterns } = await saidByScripts();
  const named = (await textsOf(pages)).flatMap((text) => [...text.matchAll(/data-text="([^"]*)"/g)].map(([, key]) => key));
  const said = new Set([...literals, ...named, ...OF_PARTS]);
  equal(
    keys.filter((key) => !said.has(key) && !patterns.some((pattern) => matches(pattern)(key))),
    [],
  );
});

test('each page loads the strings that it and its scripts say', async () => {
  const missing = [];
  for (const page of pages) {
    const needed = await neededBy(page);
    const known = new Set();
    for (const path of needed.filter((each) => stringFiles.includes(each))) {
      Object.keys((await import(`/${path}`)).en ?? {}).forEach((key) => known.add(key));
    }
    const { literals } = await saidBy(needed);
    const named = [...(await textOf(page)).matchAll(/data-text="([^"]*)"/g)].map(([, key]) => key);
    missing.push(...[...literals, ...named].filter((key) => keys.includes(key) && !known.has(key)).map((key) => `${page} ${key}`));
  }
  equal([...new Set(missing)], []);
});

test('a string that a script names together with its values gets all that it needs', async () => {
  const texts = await textsOf(scripts);
  const calls = texts.flatMap((text) => [...text.matchAll(/\bsay\('([\w.-]+)'(?:, \{([^{}]*)\})?\)/g)]);
  const given = (values = '') => values.split(',').map((value) => value.split(':')[0].trim());
  const wrong = calls
    .filter(([call, , values]) => !call.includes('...') && !/\([^)]*,/.test(values ?? ''))
    .filter(([, key, values]) => namesIn(strings.en[key] ?? '').some((name) => !given(values).includes(name)));
  equal(
    wrong.map(([call]) => call),
    [],
  );
  equal(calls.length > 100, true, `only ${calls.length} found`);
});

/** What the server calls things, and what the pages call them. */
const NAMED = {
  State: ['state.{}', 'picture.sum.{}'],
  Evidence: ['evidence.{}'],
  Resolution: ['resolve.{}'],
  ReplyOutcome: ['audit.{}'],
  TicketState: ['ticket.title.{}', 'ticket.words.{}'],
  TicketReason: ['ticket.reason.{}'],
  HoldPoint: [
    'stop.at.{}',
    'stop.held.{}',
    'stop.title.HELD.{}',
    'stop.words.HELD.{}',
    'stop.words.COMMITTED.{}',
    'stop.words.ROLLED_BACK.{}',
    'stop.words.TIMEOUT.{}',
  ],
  BreakPoint: ['break.at.{}'],
  Victim: ['break.victim.{}'],
};

test('each word of the server has its strings', () => {
  const wanted = Object.entries(NAMED).flatMap(([list, places]) => vocabulary[list].flatMap((word) => places.map((place) => place.replace('{}', word))));
  equal(
    wanted.filter((key) => !keys.includes(key)),
    [],
  );
});

test('each state of a hold has its title and words', () => {
  const told = vocabulary.HoldState.flatMap((state) => [
    keys.some((key) => key === `stop.title.${state}` || key.startsWith(`stop.title.${state}.`)) ? [] : [`title of ${state}`],
    keys.some((key) => key === `stop.words.${state}` || key.startsWith(`stop.words.${state}.`)) ? [] : [`words of ${state}`],
  ]);
  equal(told.flat(), []);
  equal(vocabulary.Ending.includes('TIMEOUT'), true, 'the ending that has words of its own');
});
