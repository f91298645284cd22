import { element } from '../element.js';
import { say } from '../language.js';
import { HAS_TICKETS } from '../offers.js';
import * as forms from './forms.js';
import { svg } from './svg.js';
import { signWords } from './tooltips.js';

const LANE = { y: 4, height: 18, middle: 13 };
const BOX = { x: 6, width: 34, lane: LANE, result: 'yes' };

/** Enough to read a row in which all goes well: name by name, in the order in which they come. */
export const shortLegend = () => [
  brief('work', step('work')),
  brief('prepare', step('prepare')),
  brief('decision', decision()),
  brief('commit', step('commit')),
];

/** One sample of each form with what it means, drawn by what draws the pictures. */
export const legend = () => [
  entry('work', step('work')),
  entry('locks', [rect('locks', 6, 34), svg('line', { class: 'locks-edge', x1: 6, y1: 22, x2: 40, y2: 22 })]),
  entry('prepare', step('prepare')),
  entry('commit', step('commit')),
  entry('decision', decision()),
  entry('rollback', step('rollback')),
  ...(HAS_TICKETS ? [entry('local', step('local')), entry('wait', [svg('line', { class: 'wait', x1: 6, y1: 13, x2: 40, y2: 13 })])] : []),
  entry('failed', [hatched(forms.prepare(BOX), 'step prepare silent'), cross()]),
  entry('dead', [hatched(rect('dead', 6, 34), 'dead')]),
  entry('doubt', [svg('rect', { class: 'doubt', x: 6, y: 5, width: 34, height: 16, rx: 3 })]),
  entry('resolve', step('resolve')),
  entry('cut', cutSample()),
  entry('machine', [svg('rect', { class: 'machine', x: 4, y: 3, width: 38, height: 20, rx: 4 })]),
  entry('letter', [svg('path', { class: 'letter prepare yes', d: 'M14 4L20 22M20 22l-5 -4M20 22l1 -6M28 22L34 4' })]),
  entry('broken', [svg('path', { class: 'letter commit cut', d: 'M16 4L23 14' }), svg('path', { class: 'cross', d: 'M20 11l6 6m0 -6l-6 6' })]),
];

const entry = (name, shapes) =>
  element('li', {}, sample(shapes), element('span', {}, element('b', {}, say(`picture.legend.${name}`)), ` ${say(`picture.legend.${name}.words`)}`));

const brief = (name, shapes) => element('li', { title: signWords(name) }, sample(shapes), element('span', {}, say(`picture.legend.${name}`)));

const sample = (shapes) => svg('svg', { class: 'picture', width: 46, height: 26, viewBox: '0 0 46 26', 'aria-hidden': 'true' }, ...shapes);

const decision = () => [svg('line', { class: 'decision', x1: 23, y1: 1, x2: 23, y2: 25 }), svg('path', { class: 'decision-sign', d: 'M23 9l4 4l-4 4l-4 -4Z' })];

function step(form) {
  const drawn = forms[form](BOX);
  drawn.setAttribute('class', `step ${form} yes`);
  const mark = forms.mark({ ...BOX, form });
  return mark ? [drawn, mark] : [drawn];
}

const rect = (name, x, width) => svg('rect', { class: name, x, y: LANE.y, width, height: LANE.height });

function hatched(shape, name) {
  shape.setAttribute('class', name);
  shape.setAttribute('fill', 'url(#hatch)');
  return shape;
}

const cross = () => svg('path', { class: 'cross', d: 'M37 10l6 6m0 -6l-6 6' });

function cutSample() {
  const { area, edges } = forms.zigzag(23, 2, 24);
  return [
    svg('rect', { class: 'step work', x: 6, y: 11, width: 34, height: 4 }),
    svg('path', { class: 'axis-cut', d: area }),
    svg('path', { class: 'axis-cut-edge', d: edges }),
  ];
}
