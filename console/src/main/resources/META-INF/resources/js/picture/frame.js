import { nameIn, serverIn } from './lane.js';

/** Where lanes lie in a picture, in pixels. No DOM here. */

const SMALL = { top: 3, heights: { client: 11, coordinator: 13, database: 19 }, gap: 3, axis: 15, right: 34, labels: 78 };
const NARROW = { ...SMALL, right: 30, labels: 62 };
const LARGE = {
  top: 34,
  heights: { client: 26, coordinator: 40, database: 58 },
  gap: 12,
  axis: 30,
  right: 52,
  labels: 118,
};
const LARGE_NARROW = { ...LARGE, right: 40, labels: 94 };

/** With several machines, each with its name above its lanes, lanes are lower. */
const MACHINES = { top: 40, heights: { client: 24, coordinator: 30, database: 42 }, gap: 8, header: 30, margin: 12 };

export function frameOf(lanes, width, isLarge, hasAxis) {
  const isNarrow = width < (isLarge ? 700 : 480);
  const alone = isLarge ? (isNarrow ? LARGE_NARROW : LARGE) : isNarrow ? NARROW : SMALL;
  const style = isLarge && lanes.some(serverIn) ? { ...alone, ...MACHINES } : alone;
  let y = style.top;
  const placed = new Map();
  const machines = [];
  for (const lane of lanes) {
    const server = serverIn(lane);
    if (server && server !== machines.at(-1)?.server) {
      y += style.header ?? 0;
      machines.push({ server, y, bottom: y });
    }
    const height = style.heights[nameIn(lane)] ?? style.heights.database;
    machines.filter((machine) => server && machine.server === server).forEach((machine) => (machine.bottom = y + height));
    placed.set(lane, { y, height, middle: y + height / 2 });
    y += height + style.gap;
  }
  const bottom = y - style.gap;
  const left = style.labels + (style.margin ?? 0);
  return {
    width,
    height: bottom + (hasAxis ? style.axis : 3),
    top: style.top,
    bottom,
    left,
    plot: Math.max(width - left - style.right, 40),
    lanes: placed,
    machines,
    isLarge,
    isNarrow,
  };
}
