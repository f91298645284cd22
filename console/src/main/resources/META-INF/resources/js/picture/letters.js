import { say } from '../language.js';
import { px, svg } from './svg.js';

/** Messages between servers: an arrow there and one back, each as long under way as is known. One that does not come through breaks off. */

const BREAK = 0.55;

/** `mayLabel` tells whether words fit at a place of a lane, and takes it. */
export function drawLetter(shape, { at, frame }, mayLabel) {
  const { lane, from, until, received, replied, result, kind, letter } = shape;
  const [here, there] = [lane.middle, frame.lanes.get(shape.to).middle];
  const head = frame.isLarge ? 6 : 3.5;
  const isHeard = received !== undefined;
  const isCut = result === 'cut';
  const name = `letter ${kind.toLowerCase()} ${result}`;
  const ways = [way([at(from), here], [at(received ?? from), there], head, isCut && !isHeard)];
  if (until !== undefined && (!isCut || isHeard)) {
    ways.push(way([at(replied ?? until), there], [at(until), here], head, isCut));
  }
  const arrows = ways.map(({ d }) => svg('path', { class: name, d }));
  const crosses = ways.flatMap(({ broken }) => (broken ? [cross(broken, head)] : []));
  arrows.forEach((arrow) => (arrow.dataset.letter = letter));
  const words = frame.isLarge
    ? [...askWords(shape, at(from), here, there, mayLabel), ...crosses.flatMap((_, i) => cutWords(ways.filter(({ broken }) => broken)[i], mayLabel))]
    : [];
  return [...arrows, ...crosses, ...words];
}

/** An arrow; a broken one ends on its way. */
function way([x1, y1], [x2, y2], head, isBroken) {
  const share = isBroken ? BREAK : 1;
  const [x, y] = [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
  const line = `M${px(x1)} ${px(y1)}L${px(x)} ${px(y)}`;
  return isBroken ? { d: line, broken: [x, y] } : { d: line + point([x1, y1], [x, y], head) };
}

/** The point of an arrow, turned as the arrow goes. */
function point([x1, y1], [x, y], head) {
  const angle = Math.atan2(y - y1, x - x1);
  const wing = (turn) => `M${px(x)} ${px(y)}L${px(x - head * Math.cos(angle + turn))} ${px(y - head * Math.sin(angle + turn))}`;
  return wing(0.5) + wing(-0.5);
}

const cross = ([x, y], head) =>
  svg('path', { class: 'cross', d: `M${px(x - head)} ${px(y - head)}l${2 * head} ${2 * head}m0 ${-2 * head}l${-2 * head} ${2 * head}` });

/** What is asked stands where the arrow begins, on the side to which it goes. */
function askWords({ kind, call, result }, x, here, there, mayLabel) {
  const words = say(`picture.letter.${kind}`, { call: call ?? '' }) + (result === 'open' || result === 'yes' ? '' : ` · ${say(`picture.letter.${result}`)}`);
  const y = there > here ? here + 12 : here - 5;
  return mayLabel(x + 4, y, words) ? [svg('text', { class: 'letter-label', x: px(x + 4), y: px(y) }, words)] : [];
}

const cutWords = ({ broken: [x, y] }, mayLabel) => {
  const words = say('picture.letter.link');
  return mayLabel(x + 10, y + 4, words) ? [svg('text', { class: 'letter-label cut', x: px(x + 10), y: px(y + 4) }, words)] : [];
};

/** What a server did by itself. */
export function drawAlone({ x, lane, kind, letter }, { frame }, mayLabel) {
  const size = frame.isLarge ? 5 : 3;
  const sign = svg('path', { class: `letter-alone ${kind.toLowerCase()}`, d: `M${px(x)} ${px(lane.middle - size)}l${size} ${2 * size}h${-2 * size}Z` });
  sign.dataset.letter = letter;
  const words = say(`picture.letter.${kind}`, { call: '' });
  const isLabelled = frame.isLarge && mayLabel(x + 8, lane.middle - 5, words);
  return [sign, ...(isLabelled ? [svg('text', { class: 'letter-label', x: px(x + 8), y: px(lane.middle - 5) }, words)] : [])];
}

/** Tells whether words may stand somewhere: within the picture, and over no others. */
export function places(right, widthOf, size) {
  const taken = [];
  return (x, y, words) => {
    const box = { from: x - 2, to: x + widthOf(words, size) + 2, top: y - size, bottom: y + 2 };
    const isFree = box.to <= right && taken.every((other) => other.to < box.from || box.to < other.from || other.bottom < box.top || box.bottom < other.top);
    return isFree && taken.push(box) > 0;
  };
}
