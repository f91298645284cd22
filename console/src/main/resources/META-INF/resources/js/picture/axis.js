import { tickText } from './format.js';
import { frameOf } from './frame.js';
import { duration } from '../duration.js';
import { say } from '../language.js';
import { sharedTicks } from './scale.js';
import { px, svg } from './svg.js';

/** The axis that rows share, above the list: drawn where the rows' pictures are, again only if it has changed. */
export function drawAxis(region, width, shared) {
  const looks = `${width} ${duration(shared)}`;
  if (!width || region.dataset.looks === looks) {
    return;
  }
  region.dataset.looks = looks;
  const { left, plot } = frameOf(['client'], width, false, false);
  const ticks = sharedTicks(shared).flatMap((tick) => {
    const x = px(left + (tick / shared) * plot);
    const words = tick === shared ? duration(tick) : tickText(tick, shared);
    return [svg('line', { class: 'grid', x1: x, y1: 17, x2: x, y2: 23 }), svg('text', { class: 'tick', x, y: 12, 'text-anchor': 'middle' }, words)];
  });
  const axis = svg('svg', { class: 'picture', width, height: 24, role: 'img' }, ...ticks);
  axis.setAttribute('aria-label', say('picture.axis', { millis: duration(shared) }));
  region.replaceChildren(axis);
}
