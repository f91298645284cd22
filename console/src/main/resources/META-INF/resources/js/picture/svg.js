const SVG = 'http://www.w3.org/2000/svg';

/** A new SVG element; strings among its children become text, never markup. */
export function svg(tag, attributes = {}, ...children) {
  const created = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      created.setAttribute(name, value);
    }
  }
  created.append(...children);
  return created;
}

/** Coordinates with one decimal: enough for the eye. */
export const px = (number) => Math.round(number * 10) / 10;

/** The hatching that dead parts are filled with; once in the page. */
export const hatching = () =>
  svg(
    'svg',
    { class: 'hatching', width: 0, height: 0, 'aria-hidden': 'true', focusable: 'false' },
    svg(
      'defs',
      {},
      svg(
        'pattern',
        { id: 'hatch', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
        svg('line', { x1: 0, y1: 0, x2: 0, y2: 5 }),
      ),
    ),
  );
