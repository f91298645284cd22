import { duration } from '../duration.js';
import { element } from '../element.js';
import { say } from '../language.js';
import { laneName } from './format.js';
import { messagesOf } from './words.js';

/** The textbook's four messages, a list for each database. */
export function messageTable(story) {
  const heading = element('h3', {}, say('picture.messages'));
  const tables = messagesOf(story).map(({ participant, messages }) =>
    element(
      'div',
      { className: 'exchange' },
      element('h4', {}, `${say('picture.lane.coordinator')} ⇄ ${laneName(participant)}`),
      element('ol', {}, ...messages.map((message, i) => messageItem(message, i + 1))),
    ),
  );
  return element('section', { className: 'messages' }, heading, element('div', { className: 'exchanges' }, ...tables));
}

function messageItem(message, number) {
  const { key, by, at, result } = message;
  const isBack = number % 2 === 0;
  const hand = by && by !== 'coordinator' && !isBack ? say('picture.space') + say(`picture.message.by.${by}`) : '';
  const sign = element('span', { className: 'message-number' }, String(number));
  sign.setAttribute('aria-hidden', 'true');
  const way = element('span', { className: 'message-way' }, isBack ? '←' : '→');
  way.setAttribute('aria-hidden', 'true');
  return element(
    'li',
    { className: by ? (result ?? 'sent') : 'none' },
    sign,
    way,
    element('span', {}, say(key) + hand),
    element('span', { className: 'when' }, at === undefined ? '' : duration(at)),
  );
}
