import { scripts } from './java.js';

/** All files of strings: each has one group of pages in one language. */
export const stringFiles = scripts.filter((path) => /^js\/strings\/\w+\.\w+\.js$/.test(path));

/** What all of them say, by language and key. */
export const strings = {};

for (const path of stringFiles) {
  for (const [language, words] of Object.entries(await import(`/${path}`))) {
    strings[language] = { ...strings[language], ...words };
  }
}
