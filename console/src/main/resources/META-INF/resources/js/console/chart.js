import { svg } from '../picture/svg.js';

const SECONDS = 300;
const HEIGHT = 60;

/** Commits and rollbacks per second of the last five minutes, the latest on the right; `label` says it in words. */
export function perSecondChart({ committed, aborted }, label) {
  const top = Math.max(4, ...committed, ...aborted);
  return svg(
    'svg',
    { viewBox: `0 0 ${SECONDS} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    svg('path', { class: 'chart-committed', d: area(committed, top) }),
    svg('path', { class: 'chart-aborted', d: area(aborted, top) }),
  );
}

/** Steps, since a count holds for a whole second. */
function area(counts, top) {
  const start = SECONDS - counts.length;
  const steps = counts.map((count, i) => `L${start + i} ${level(count, top)}h1`);
  return `M${start} ${HEIGHT}${steps.join('')}L${SECONDS} ${HEIGHT}Z`;
}

const level = (count, top) => (HEIGHT - (count / top) * HEIGHT).toFixed(2);
