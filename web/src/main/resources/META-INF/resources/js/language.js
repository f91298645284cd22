import { en } from './strings/common.en.js';
import { zh } from './strings/common.zh.js';

const REMEMBERED_AS = 'lockstep.language';

const strings = { en: { ...en }, zh: { ...zh } };

export const languages = Object.keys(strings);

let language = remembered() ?? preferred();

/** Adds what a group of pages says, in each language. */
export function learn(words) {
  languages.forEach((each) => Object.assign(strings[each], words[each]));
}

export const currentLanguage = () => language;

/** The string of this key in the current language, its {names} filled in; numbers are written the language's way. */
export function say(key, values = {}) {
  return strings[language][key].replace(/\{(\w+)\}/g, (_, name) => spoken(values[name]));
}

export const nameOf = (otherLanguage) => strings[otherLanguage]['language.name'];

/** Text that somebody typed, for use within a sentence: what it does to the direction of writing ends with it. */
export const isolated = (text) => `\u2068${text}\u2069`;

export const dateAndTime = (instant, timeStyle = 'short') => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle }).format(new Date(instant));

export const timeOfDay = (instant) => new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(new Date(instant));

export function choose(chosen) {
  language = chosen;
  try {
    localStorage.setItem(REMEMBERED_AS, chosen);
  } catch {
    // Storage is blocked or full: the choice then lasts as long as the page.
  }
}

/** Fills in every element of the page that names its string in data-text. */
export function translatePage() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) {
    element.textContent = say(element.dataset.text);
  }
}

/** Several things as one enumeration: a, b and c. */
export const listed = (words) => new Intl.ListFormat(locale()).format(words);

const spoken = (value) => (typeof value === 'number' ? new Intl.NumberFormat(locale()).format(value) : value);

/** The reader's own variety of the language, if the browser knows one: en-GB writes its dates unlike en-US. */
const locale = () => navigator.languages.find((tag) => tag.startsWith(language)) ?? language;

function remembered() {
  try {
    const chosen = localStorage.getItem(REMEMBERED_AS);
    return languages.includes(chosen) ? chosen : undefined;
  } catch {
    return undefined; // Browsers that block storage throw on the mere look at it.
  }
}

function preferred() {
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}
