import { element } from '../element.js';
import { say } from '../language.js';

/** MSDTC's order: as far as a transaction comes. */
export const STATES = ['ACTIVE', 'PREPARING', 'PREPARED', 'IN_DOUBT', 'COMMITTING', 'COMMITTED', 'ABORTING', 'ABORTED'];

export const stateName = (state) => say(`state.${state}`);

/** A state with its sign, which says the same by form and colour. */
export function stateMark(state) {
  const mark = element('span', { className: 'state' }, stateName(state));
  mark.dataset.state = state;
  return mark;
}

/** Terms with what they mean, as a definition list; `undefined` among the pairs is left out. */
export function facts(...pairs) {
  const list = element('dl', { className: 'console-facts' });
  for (const [term, ...meaning] of pairs.filter(Boolean)) {
    list.append(element('div', {}, element('dt', {}, term), element('dd', {}, ...meaning)));
  }
  return list;
}

/** Why nothing can be done about what the section of this name shows, and the way to log in. */
export function onlyOperators(section) {
  const from = encodeURIComponent('console.html' + location.hash);
  const logIn = element('a', { id: `${section}-login`, href: `login.html?from=${from}` }, say('doubts.logIn'));
  return element('p', { className: 'notice' }, say(`${section}.onlyOperators`), ' ', logIn);
}

export const code = (text) => element('code', {}, text);

/** What the server says, which is English. */
export const verbatim = (text) => element('p', { className: 'verbatim', lang: 'en' }, text);
