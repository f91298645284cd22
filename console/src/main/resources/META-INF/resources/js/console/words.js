import { element } from '../element.js';
import { say } from '../language.js';

/** MSDTC's order: as far as a transaction comes. */
export const STATES = [
  'ACTIVE',
  'PREPARING',
  'PREPARED',
  'IN_DOUBT',
  'COMMITTING',
  'COMMITTED',
  'ABORTING',
  'ABORTED',
];

export const stateName = (state) => say(`state.${state}`);

/** A state with its sign, which says the same by form and colour. */
export function stateMark(state) {
  const mark = element('span', { className: 'state' }, stateName(state));
  mark.dataset.state = state;
  return mark;
}

/** A duration, as exact as a person wants it. */
export function duration(millis) {
  if (Math.round(millis) < 1000) {
    return say('duration.millis', { n: millis < 10 ? tenths(millis) : Math.round(millis) });
  }
  if (tenths(millis / 1000) < 60) {
    return say('duration.seconds', { n: tenths(millis / 1000) });
  }
  const seconds = Math.round(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return say('duration.minutes', { n: minutes, seconds: seconds % 60 });
  }
  return say('duration.hours', { n: Math.floor(minutes / 60), minutes: minutes % 60 });
}

const tenths = (number) => Math.round(number * 10) / 10;

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
