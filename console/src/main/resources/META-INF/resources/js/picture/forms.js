import { px, svg } from './svg.js';

/** How each form looks between x and x + width on a lane; its meaning is in the form as well as in its colour. */

const TICK = (x, y, size) => `M${px(x - size)} ${px(y)}l${px(size * 0.7)} ${px(size * 0.75)}l${px(size * 1.2)} ${px(-size * 1.6)}`;
const CROSS = (x, y, size) => `M${px(x - size)} ${px(y - size)}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`;

/** A thin band: the branch is at work. */
export const work = ({ x, width, lane }) => {
  const height = Math.max(4, lane.height * 0.22);
  return svg('rect', { x: px(x), y: px(lane.middle - height / 2), width: px(width), height: px(height), rx: 1 });
};

/** Rises: the branch gathers all it needs to keep its word. */
export const prepare = ({ x, width, lane }) => {
  const [top, bottom] = [lane.y + 1, lane.y + lane.height - 1];
  const waist = Math.max(2, lane.height * 0.11);
  return polygon([x, lane.middle - waist], [x + width, top], [x + width, bottom], [x, lane.middle + waist]);
};

/** Full height: it is done. */
export const commit = ({ x, width, lane }) => svg('rect', { x: px(x), y: px(lane.y + 1), width: px(width), height: px(lane.height - 2) });

/** Lower: one database commits by itself, and what it does counts at once. */
export const local = ({ x, width, lane }) =>
  svg('rect', { x: px(x), y: px(lane.y + lane.height * 0.2), width: px(width), height: px(lane.height * 0.6), rx: 2 });

/** Falls to nothing: it is undone. */
export const rollback = ({ x, width, lane }) =>
  polygon([x, lane.y + 1], [x + width, lane.middle - 0.75], [x + width, lane.middle + 0.75], [x, lane.y + lane.height - 1]);

/** A pill: the resolver's hand. */
export const resolve = ({ x, width, lane }) =>
  svg('rect', {
    x: px(x),
    y: px(lane.y + 1),
    width: px(width),
    height: px(lane.height - 2),
    rx: px(Math.min(width, lane.height) / 2),
  });

/** A tick or a cross where there is room for it. */
export function mark({ x, width, lane, result, outcome, form }) {
  const size = Math.min(lane.height * 0.2, width * 0.28, 6);
  const undone = form === 'rollback' || outcome === 'ROLLBACK';
  if (result !== 'yes') {
    const at = x + width;
    return svg('path', { class: 'cross', d: CROSS(at, lane.middle, Math.max(3, lane.height * 0.13)) });
  }
  if (size < 2 || !['commit', 'local', 'resolve'].includes(form)) {
    return undefined;
  }
  const centre = x + width / 2;
  return svg('path', { class: 'mark', d: undone ? CROSS(centre, lane.middle, size * 0.7) : TICK(centre, lane.middle, size) });
}

/** An arrow from one lane to another at one moment. */
export function arrow(x, from, to, head) {
  const down = to > from;
  const wing = head * 0.6;
  const back = down ? -head : head;
  return `M${px(x)} ${px(from)}V${px(to)}m${px(-wing)} ${px(back)}l${px(wing)} ${px(-back)}l${px(wing)} ${px(back)}`;
}

/** Where the time axis leaves something out. */
export function zigzag(x, top, bottom) {
  const side = (shift) => {
    const points = [];
    for (let y = top, i = 0; y <= bottom + 0.1; y += 6, i++) {
      points.push(`${px(x + shift + (i % 2 ? 2 : -2))} ${px(Math.min(y, bottom))}`);
    }
    return points;
  };
  const [left, right] = [side(-3), side(3)];
  return { area: `M${[...left, ...right.toReversed()].join('L')}Z`, edges: `M${left.join('L')}M${right.join('L')}` };
}

const polygon = (...points) => svg('polygon', { points: points.map(([x, y]) => `${px(x)},${px(y)}`).join(' ') });
