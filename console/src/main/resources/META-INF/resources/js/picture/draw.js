import { flowLanesOf, flowShapesOf } from './flow-shapes.js';
import * as forms from './forms.js';
import { frameOf } from './frame.js';
import { ago, laneName, tickText } from './format.js';
import { duration } from '../duration.js';
import { say } from '../language.js';
import { nameIn } from './lane.js';
import { drawAlone, drawLetter, places } from './letters.js';
import { scaleOf } from './scale.js';
import { lanesOf, shapesOf } from './shapes.js';
import { px, svg } from './svg.js';

/** However short a step was, it must be seen; the resolver's most of all. */
const WIDTH_MIN = 2.5;
const RESOLVE_WIDTH_MIN = 9;
const BEHIND = ['locks', 'doubt', 'dead', 'unrecorded', 'unheard'];
const BEFORE = ['letter', 'alone', 'decision', 'answer'];

/**
 * The picture of a story as an SVG element of this width. `shared` is the length of the axis that rows share; without it
 * the picture is the large one of the detail.
 * Returns the element and where things are in it.
 */
export function drawPicture(story, { width, shared, now, isLarge = !shared }) {
  const scale = scaleOf(story, shared, now);
  const [lanes, wanted] = story.machines ? [flowLanesOf(story), flowShapesOf(story)] : [lanesOf(story), shapesOf(story)];
  const frame = frameOf(lanes, width, isLarge, isLarge || !scale.isShared);
  const at = (time) => frame.left + scale.x(time) * frame.plot;
  const context = { story, scale, frame, at, now, end: scale.end, mayLabel: places(width - 4, widthOf, 11) };
  const shapes = wanted.map((shape) => placed(shape, context));
  const layer = (forms) => shapes.filter(({ form }) => forms.includes(form)).flatMap((shape) => draw(shape, context));
  const between = shapes.map(({ form }) => form).filter((form) => !BEHIND.includes(form) && !BEFORE.includes(form));
  const cuts = scale.spans.filter(({ isCut, isUnknown }) => isCut && !isUnknown);
  const layers = [
    ...machines(context),
    ...laneParts(context),
    ...grid(context, cuts),
    ...layer(BEHIND),
    ...layer(between),
    ...cuts.flatMap((span) => cut(span, context)),
    ...layer(BEFORE),
  ];
  const [words, drawn] = [layers.filter(isText), layers.filter((node) => !isText(node))];
  const name = isLarge ? 'picture large' : 'picture';
  const picture = svg('svg', { class: name, width, height: px(frame.height) }, ...drawn, ...words);
  picture.append(...(isLarge ? shapes.filter(({ form }) => form === 'messages').flatMap(numbers) : []));
  picture.setAttribute('viewBox', `0 0 ${width} ${px(frame.height)}`);
  return { picture, frame, scale };
}

/** Words are drawn last, so that nothing hides them. */
const isText = ({ tagName }) => tagName === 'text';

function placed(shape, { at, frame, end }) {
  const from = shape.from ?? shape.at;
  const until = shape.until ?? end;
  const least = shape.form === 'resolve' ? RESOLVE_WIDTH_MIN : WIDTH_MIN;
  const x = Math.min(at(from), frame.left + frame.plot - (shape.from === undefined ? 0 : least));
  return { ...shape, x, width: Math.max(at(until) - x, least), isOpen: shape.until === undefined, lane: frame.lanes.get(shape.lane) };
}

function draw(shape, context) {
  const drawn = {
    locks: () => [band(shape, 'locks'), locksEdge(shape)],
    doubt: () => doubt(shape, context),
    dead: () => absence(shape, context, 'picture.dead'),
    unrecorded: () => absence(shape, context, 'picture.unrecorded'),
    unheard: () => (context.frame.isLarge ? absence(shape, context, shape.isMissing ? 'picture.missing.lane' : 'picture.unasked') : []),
    letter: () => drawLetter(shape, context, context.mayLabel),
    alone: () => drawAlone(shape, context, context.mayLabel),
    request: () => request(shape, context),
    answer: () => answer(shape, context),
    life: () => [line(`life${shape.isCut ? ' cut' : ''}`, shape.x, shape.lane.middle, shape.x + shape.width)],
    resolver: () => resolver(shape, context),
    messages: () => messages(shape, context),
    wait: () => wait(shape, context.frame),
    decision: () => decision(shape, context),
  }[shape.form];
  return drawn ? drawn() : step(shape, context.frame);
}

function step(shape, { isLarge }) {
  const isFailed = !['yes', 'open', 'readOnly'].includes(shape.result);
  const drawn = forms[shape.form](shape);
  drawn.setAttribute('class', `step ${shape.form} ${shape.result}`);
  drawn.dataset.step = shape.index;
  if (isFailed) {
    drawn.setAttribute('fill', 'url(#hatch)');
  }
  const mark = ['open', 'readOnly'].includes(shape.result) ? undefined : forms.mark(shape);
  return [drawn, ...(mark ? [mark] : []), ...(isLarge ? caption(shape) : [])];
}

/** What a form is, where there is room; what the coordinator has done has numbered messages beside it. */
function caption(shape) {
  const { form, x, width, lane } = shape;
  if (form === 'local') {
    return localCaption(shape);
  }
  const words = say('picture.form.work');
  const hasRoom = form === 'work' && width > widthOf(words, 11) + 10;
  return hasRoom ? [text('caption', x + 5, lane.middle - lane.height * 0.18, words)] : [];
}

/** Above it, towards the middle of the picture. */
function localCaption({ x, width, lane, kind, result, outcome }) {
  const isLast = kind === 'SETTLE';
  const words = say(`picture.form.${kind}.${isLast ? outcome : result}`);
  return isLast ? [text('caption', x + width, lane.y - 2, words, 'end')] : [text('caption', x, lane.y - 2, words)];
}

function wait({ x, width, lane }, { isLarge }) {
  const words = say('picture.form.wait');
  const label = isLarge && width > widthOf(words, 11) + 10 ? [text('caption', x + width / 2, lane.middle - 6, words, 'middle')] : [];
  return [line('wait', x, lane.middle, x + width), ...label];
}

/** About as wide as this text is; Chinese characters are as wide as high. */
const widthOf = (words, size) => [...words].reduce((sum, character) => sum + (character > '\u2e7f' ? size : size * 0.56), 0);

const band = ({ x, width, lane }, name) => svg('rect', { class: name, x: px(x), y: px(lane.y), width: px(width), height: px(lane.height) });

const line = (name, x, y, to) => svg('line', { class: name, x1: px(x), y1: px(y), x2: px(to), y2: px(y) });

const locksEdge = ({ x, width, lane }) => line('locks-edge', x, lane.y + lane.height, x + width);

const text = (name, x, y, words, anchor = 'start') => svg('text', { class: name, x: px(x), y: px(y), 'text-anchor': anchor }, words);

function doubt(shape, { story, frame, now, end }) {
  const { x, width, lane, isOpen } = shape;
  const words = isOpen ? say('picture.doubtFor', { age: ago(now - story.began - Math.max(shape.from, 0)) }) : say('picture.doubt');
  const needs = widthOf(words, frame.isLarge ? 14 : 11);
  const area = svg('rect', {
    class: isOpen ? 'doubt pulsing' : 'doubt',
    x: px(x),
    y: px(lane.y + 1.5),
    width: px(width),
    height: px(lane.height - 3),
    rx: 3,
  });
  const label = text('doubt-label', x + 6, lane.middle + (frame.isLarge ? 4.5 : 3.5), words);
  return end && width > needs + 10 ? [area, label] : [area];
}

/** Where no coordinator lives, or where what one did is not known. */
function absence(shape, { frame }, key) {
  const area = band(shape, shape.form);
  area.setAttribute('fill', 'url(#hatch)');
  const words = say(key);
  const label = text('dead-label', shape.x + shape.width / 2, shape.lane.middle + (frame.isLarge ? 4.5 : 3.5), words, 'middle');
  return shape.width > widthOf(words, frame.isLarge ? 14 : 11) + 10 ? [area, label] : [area];
}

function request(shape, { frame }) {
  const { x, width, lane, isOpen, isCut } = shape;
  const end = x + width;
  const size = frame.isLarge ? 4 : 2.75;
  const start = svg('circle', { class: 'request-start', cx: px(x), cy: px(lane.middle), r: size });
  const closing = isCut
    ? svg('path', { class: 'cross', d: `M${px(end - 3)} ${px(lane.middle - 3)}l6 6m0 -6l-6 6` })
    : svg('circle', { class: 'request-end', cx: px(end), cy: px(lane.middle), r: size });
  return [line('request', x, lane.middle, end), start, ...(isOpen ? [] : [closing])];
}

const answer = ({ x, lane, answer: status }, { frame }) => [
  text('answer', x + (frame.isLarge ? 9 : 6), lane.middle + (frame.isLarge ? 5 : 3.5), String(status)),
];

function resolver({ x, width, lane, byOperator }, { frame }) {
  const bar = line('resolver', x, lane.middle, x + width);
  const isLast = x + 60 > frame.left + frame.plot;
  const [place, anchor] = isLast ? [x + width, 'end'] : [x, 'start'];
  const words = say(byOperator ? 'picture.operator' : 'picture.resolver');
  return frame.isLarge ? [bar, text('resolver-label', place, lane.middle - 6, words, anchor)] : [bar];
}

const isAnswer = (result) => ['yes', 'no', 'readOnly'].includes(result);

/** Both ways where there is room for two arrows, else the way there only. */
function messages(shape, { frame }) {
  const { x, width, lane, result } = shape;
  const coordinator = frame.lanes.get(shape.coordinator);
  const head = frame.isLarge ? 6 : 3.5;
  const there = forms.arrow(x, coordinator.middle, lane.y, head);
  if (!frame.isLarge && width < head * 1.4) {
    return []; // No room.
  }
  const back = isAnswer(result) && width > head * 2;
  const path = back ? there + forms.arrow(x + width, lane.y, coordinator.middle, head) : there;
  return [svg('path', { class: 'message', d: path })];
}

/** 1 prepare, 2 yes, 3 commit, 4 done: as in the textbook. */
function numbers({ x, width, lane, number, result }) {
  const y = lane.y - 9;
  const disc = (cx, n) => [svg('circle', { class: 'number', cx: px(cx), cy: px(y), r: 7.5 }), text('number-text', cx, y + 3.75, String(n), 'middle')];
  return isAnswer(result) && width > 16 ? [...disc(x, number), ...disc(x + width, number + 1)] : disc(x, number);
}

/** The point of no return, across all lanes. */
function decision({ x, lane }, { frame }) {
  const top = frame.top - (frame.isLarge ? 10 : 2);
  const size = frame.isLarge ? 6 : 3.5;
  const diamond = svg('path', {
    class: 'decision-sign',
    d: `M${px(x)} ${px(lane.middle - size)}l${size} ${size}l${-size} ${size}l${-size} ${-size}Z`,
  });
  const rule = svg('line', { class: 'decision', x1: px(x), y1: px(top), x2: px(x), y2: px(frame.bottom) });
  if (!frame.isLarge) {
    return [rule, diamond];
  }
  const isRight = x > frame.width * 0.6;
  return [rule, diamond, text('decision-label', x, top - 7, say('picture.noReturn'), isRight ? 'end' : 'middle')];
}

/** Around the lanes of each machine, with its name. */
function machines({ story, frame }) {
  if (!frame.isLarge) {
    return [];
  }
  return frame.machines.flatMap(({ server, y, bottom }) => {
    const { isMissing } = story.machines.find((machine) => machine.server === server);
    const name = isMissing ? 'machine missing' : 'machine';
    const box = svg('rect', { class: name, x: 0.5, y: px(y - 22.5), width: px(frame.width - 1), height: px(bottom - y + 28), rx: 6 });
    const words = server === story.server ? say('picture.machine.here', { server }) : server;
    return [box, text('machine-name', 10, y - 6, words)];
  });
}

/** Beside the lanes of a machine stands its name already, where there is room for it. */
const laneWords = (lane, { isLarge, isNarrow }) => (isLarge ? laneName(nameIn(lane), isNarrow) : laneName(lane, true));

function laneParts({ frame }) {
  return [...frame.lanes].flatMap(([name, lane]) => [
    svg('rect', { class: 'lane', x: frame.left, y: px(lane.y), width: px(frame.plot), height: px(lane.height) }),
    text('lane-label', frame.left - (frame.isLarge ? 14 : 8), lane.middle + (frame.isLarge ? 5 : 3.5), laneWords(name, frame), 'end'),
  ]);
}

function grid({ scale, frame, at }, cuts) {
  const hasNumbers = frame.isLarge || !scale.isShared;
  const taken = cuts.map((span) => cutLabel(span, frame));
  return scale.ticks.flatMap((tick) => {
    const x = at(tick);
    const bottom = frame.bottom + (hasNumbers ? 3 : 0);
    const rule = svg('line', { class: 'grid', x1: px(x), y1: frame.top, x2: px(x), y2: px(bottom) });
    const words = tickText(tick, scale.end);
    const half = widthOf(words, frame.isLarge ? 13 : 10) / 2 + 3;
    if (!hasNumbers || taken.some(({ from, to }) => from < x + half && x - half < to)) {
      return [rule];
    }
    taken.push({ from: x - half, to: x + half });
    return [rule, text('tick', x, frame.bottom + (frame.isLarge ? 19 : 12), words, 'middle')];
  });
}

/** How long the stretch is that is left out, below it; without dots, where there is little room. */
function cutLabel({ left, right, from, to }, frame) {
  const middle = frame.left + ((left + right) / 2) * frame.plot;
  const size = frame.isLarge ? 13 : 10;
  const dotted = `⋯ ${duration(to - from)} ⋯`;
  const words = widthOf(dotted, size) < (right - left) * frame.plot ? dotted : duration(to - from);
  const half = widthOf(words, size) / 2 + 2;
  return { words, middle, from: middle - half, to: middle + half };
}

function cut(span, { frame }) {
  const { words, middle } = cutLabel(span, frame);
  const { area, edges } = forms.zigzag(middle, frame.top - 2, frame.bottom + 2);
  const y = frame.bottom + (frame.isLarge ? 19 : 12);
  return [svg('path', { class: 'axis-cut', d: area }), svg('path', { class: 'axis-cut-edge', d: edges }), text('cut-label', middle, y, words, 'middle')];
}
