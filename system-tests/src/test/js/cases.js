import { choose, currentLanguage, languages, learn } from '/js/language.js';
import { strings } from './strings.js';

learn(strings);

/**
 * The cases of the *.test.js files, and what they assert with. PageScriptsTest loads each file, and runs each case by its name. A case begins
 * in English and with nothing stored; one that asserts nothing has failed.
 */

const cases = new Map();
let assertions;

class Wrong extends Error {}

/** Adds a case; its name is a sentence that says what holds. */
export function test(name, body) {
  if (cases.has(name)) {
    throw new Error(`Two cases have the same name: ${name}`);
  }
  cases.set(name, body);
}

/** Loads a file; returns the names of its cases. */
export async function load(file) {
  const before = cases.size;
  await import(file);
  return [...cases.keys()].slice(before);
}

/** Runs a case; returns what is wrong, or null. */
export async function run(name) {
  localStorage.clear();
  sessionStorage.clear();
  choose('en');
  assertions = 0;
  try {
    await cases.get(name)();
  } catch (wrong) {
    const [at] = wrong.stack?.match(/[\w-]+\.test\.js:\d+/) ?? [];
    return wrong instanceof Wrong && at ? `${wrong.message} (${at})` : (wrong.stack ?? String(wrong));
  }
  return assertions ? null : 'It asserts nothing.';
}

/** The same content, whatever the order of an object's members; `about` says what is compared. */
export function equal(actual, expected, about = '') {
  assertions++;
  const [is, wanted] = [written(actual), written(expected)];
  if (is !== wanted) {
    throw new Wrong(`${about && `${about}: `}expected ${wanted}, but was ${is}`);
  }
}

export function holds(condition, words) {
  assertions++;
  if (!condition) {
    throw new Wrong(words);
  }
}

/** What the body says in each language. */
export function inEach(body) {
  const before = currentLanguage();
  const said = languages.map((language) => {
    choose(language);
    return [language, body()];
  });
  choose(before);
  return Object.fromEntries(said);
}

function written(value) {
  return JSON.stringify(value, (_, member) => {
    if (member === undefined || Number.isNaN(member) || Math.abs(member) === Infinity) {
      return `«${member}»`;
    }
    if (member instanceof Map || member instanceof Set) {
      return [...member];
    }
    const isObject = member !== null && typeof member === 'object' && !Array.isArray(member);
    return isObject ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1))) : member;
  });
}
