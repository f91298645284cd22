import { duration } from '../duration.js';
import { element } from '../element.js';
import { dateAndTime, say } from '../language.js';
import { perSecondChart } from './chart.js';

const RESPONSES = ['min', 'average', 'p99', 'max'];

/**
 * The figures, the chart, and since when they count; `reset` is offered if it is given. While a database is away, how many are in doubt there
 * is what was seen before.
 */
export const statisticsBand = (statistics, reset, isDatabaseAway = false) => [
  element(
    'dl',
    { className: 'figures' },
    figure('statistics.active', statistics.active, say('statistics.maxActive', { count: statistics.maxActive })),
    inDoubt(statistics.inDoubt, isDatabaseAway),
    figure('statistics.committed', statistics.committed),
    figure('statistics.aborted', statistics.aborted, say('statistics.aborted.note', statistics)),
    figure(
      'statistics.resolved',
      statistics.resolvedCommit + statistics.resolvedAbort,
      say('statistics.resolved.note', { commit: statistics.resolvedCommit, abort: statistics.resolvedAbort }),
    ),
    responses(statistics.responseMillis),
  ),
  chart(statistics.perSecond),
  since(statistics, reset),
];

function inDoubt(count, isOld) {
  const note = say(isOld ? 'statistics.inDoubt.old' : 'statistics.inDoubt.note');
  const shown = figure('statistics.inDoubt', count, note, !isOld && count > 0 ? 'alarming' : '');
  shown.dataset.old = isOld;
  return shown;
}

/** A number with what it counts, a key of the strings. */
export function figure(name, count, note, className = '') {
  const value = element('dd', {}, say('statistics.count', { count }));
  const words = note ? [element('dd', { className: 'note' }, note)] : [];
  return element('div', { className: `figure ${className}` }, element('dt', {}, say(name)), value, ...words);
}

function responses(millis) {
  const told = (name) => (millis.count ? duration(millis[name]) : '–');
  return element(
    'div',
    { className: 'figure responses' },
    element('dt', {}, say('statistics.response')),
    ...RESPONSES.map((name) => element('dd', {}, told(name), element('span', {}, say(`statistics.${name}`)))),
  );
}

function chart(perSecond) {
  const most = Math.max(0, ...perSecond.committed);
  const now = perSecond.committed.at(-1) ?? 0;
  const label = say('statistics.chart', { now, most, aborted: perSecond.aborted.at(-1) ?? 0 });
  return element(
    'figure',
    { className: 'chart' },
    perSecondChart(perSecond, label),
    element('figcaption', {}, element('span', {}, say('statistics.fiveMinutes')), element('span', {}, label), element('span', {}, say('statistics.now'))),
  );
}

function since({ since: instant, settledElsewhere }, reset) {
  const words = element('p', { className: 'since' }, say('statistics.since', { time: dateAndTime(instant) }));
  if (settledElsewhere) {
    words.append(` ${say('statistics.elsewhere', { count: settledElsewhere })}`);
  }
  if (reset) {
    const button = element('button', { type: 'button', id: 'statistics-reset' }, say('statistics.reset'));
    button.addEventListener('click', reset);
    words.append(' ', button);
  }
  return words;
}
