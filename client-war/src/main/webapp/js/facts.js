import { element, replaceContent } from './element.js';
import { say } from './language.js';

/**
 * Shows facts in a list: of each the key of its name, its text, and maybe what makes an element of the text. Only if one has changed,
 * so that nobody is disturbed who marks or copies one.
 */
export function renderFacts(list, facts) {
  const told = facts.map(([name, text]) => `${say(name)}: ${text}`).join('\n');
  if (list.dataset.told !== told) {
    list.dataset.told = told;
    replaceContent(list, facts.map(fact));
  }
}

const fact = ([name, text, show = (words) => words]) => element('div', {}, element('dt', {}, say(name)), element('dd', {}, show(text)));
