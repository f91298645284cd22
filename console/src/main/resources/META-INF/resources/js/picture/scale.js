/** From milliseconds to places on the time axis, 0 at its left end and 1 at its right. No DOM here. */

const NICE = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
/** Cut are stretches of at least so many milliseconds that make up such a share of what is left; they keep such a part of it. */
const IN_ROW = { from: 20, share: 0.55, width: 0.45 };
const IN_DETAIL = { from: 2, share: 0.28, width: 0.22 };
const CUTS_MAX = 3;

/** The axis that rows share: long enough for most of them, and calm: it stays while it serves. */
export function sharedLength(lengths, current = NICE[0]) {
  const sorted = [...lengths].sort((a, b) => a - b);
  const most = sorted[Math.floor((sorted.length - 1) * 0.8)] ?? current;
  const fitting = (length) => NICE.find((nice) => nice >= length) ?? NICE.at(-1);
  return most > current ? fitting(most) : Math.min(fitting(most * 1.3), current);
}

/** What went smoothly can be compared in length; the other rows tell their story on an axis of their own. */
export const sharesAxis = ({ isOver, isHalf, isHealed, gaps }) => isOver && !isHalf && !isHealed && !gaps.length;

/**
 * The axis of one story: the shared one if it fits, else one of its own, on which long stretches without any event are cut. Without a
 * shared one it is for the detail, which cuts more.
 */
export function scaleOf(story, shared, now) {
  const end = endOf(story, now);
  const fits = end <= shared && sharesAxis(story);
  const spans = fits ? [{ from: 0, to: shared, width: shared, isCut: false }] : ownSpans(story, end, shared ? IN_ROW : IN_DETAIL);
  const total = spans.reduce((sum, { width }) => sum + width, 0);
  let sum = 0;
  const placed = spans.map((span) => {
    const left = sum / total;
    sum += span.width; // as `total` was added up, so that the last one ends at 1 to the last bit
    return { ...span, left, right: sum / total };
  });
  return { isShared: fits, end, spans: placed, x: (millis) => place(placed, millis), ticks: ticksOf(placed) };
}

/** Where the picture ends: an open story lasts until now. */
export const endOf = (story, now) => Math.max(story.isOver ? story.end : now - story.began, story.end, 0.001);

/** A story of which only the resolver's part is known has a cut before it: what was there is not known. */
function ownSpans(story, end, cutting) {
  const edges = [...new Set([0, end, ...[...story.steps, ...(story.letters ?? [])].flatMap(({ from, to }) => [from, to ?? end])])];
  edges.sort((a, b) => a - b);
  const stretches = edges.slice(1).map((to, i) => ({ from: edges[i], to, isCut: false }));
  const mustCut = story.gaps.map(({ from }) => from);
  let kept = end;
  const byLength = [...stretches].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, CUTS_MAX);
  for (const stretch of byLength) {
    const length = stretch.to - stretch.from;
    const isLong = length > cutting.from && length > kept * cutting.share;
    const isLast = !stretches.some((other) => other !== stretch && !other.isCut); // An axis without any would show nothing.
    if (!isLast && (isLong || (mustCut.includes(stretch.from) && length > kept * 0.25))) {
      stretch.isCut = true;
      kept -= length;
    }
  }
  const visible = Math.max(kept, 0.5);
  const before = story.isHalf ? [{ from: -1, to: 0, isCut: true, isUnknown: true }] : [];
  return joined([...before, ...stretches]).map((span) => ({
    ...span,
    width: span.isCut ? visible * (span.isUnknown ? 0.6 : cutting.width) : Math.max(span.to - span.from, visible * 0.01),
  }));
}

function joined(stretches) {
  return stretches.reduce((spans, next) => {
    const last = spans.at(-1);
    if (last && !last.isCut && !next.isCut) {
      return [...spans.slice(0, -1), { ...last, to: next.to }];
    }
    return [...spans, next];
  }, []);
}

function place(spans, millis) {
  const span = spans.find(({ to }) => millis <= to) ?? spans.at(-1);
  const share = span.to > span.from ? (millis - span.from) / (span.to - span.from) : 0;
  return span.left + Math.min(Math.max(share, 0), 1) * (span.right - span.left);
}

/** The numbers on the axis that rows share. */
export const sharedTicks = (length) => ticksOf([{ from: 0, to: length, left: 0, right: 1, isCut: false }]);

/** Round numbers on each stretch that is not cut, about six in all. */
function ticksOf(spans) {
  const shown = spans.filter(({ isCut }) => !isCut);
  const width = shown.reduce((sum, { left, right }) => sum + right - left, 0);
  return shown.flatMap(({ from, to, left, right }) => {
    const wanted = Math.max(1, Math.round((6 * (right - left)) / width));
    const step = niceStep((to - from) / wanted);
    const first = Math.ceil(from / step - 1e-9);
    const count = Math.floor(to / step + 1e-9) - first + 1;
    return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
  });
}

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999);
}
