import { currentLanguage, say } from '../language.js';

/** Numbers and names in the reader's language. No DOM here. */

const number = (value, digits) => new Intl.NumberFormat(currentLanguage(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** An age in whole seconds, which is as often as it is told. */
export const ago = (value) => say('duration.seconds', { n: Math.max(0, Math.floor(value / 1000)) });

/** A moment on an axis of this length. */
export function tickText(value, length) {
  const unit = length > 3000 && value >= 1000 ? 1000 : 1;
  const rounded = Number((value / unit).toPrecision(6));
  const digits = Number.isInteger(rounded) ? 0 : String(rounded).split('.')[1].length;
  const written = number(rounded, Math.min(digits, 3));
  return unit === 1000 ? say('duration.seconds', { n: written }) : written;
}

/** A lane's name; a database that is not one of the two has its own. */
export function laneName(lane, isShort = false) {
  const known = ['client', 'coordinator', 'product', 'orders'].includes(lane);
  return known ? say(`picture.lane.${lane}${isShort ? '.short' : ''}`) : lane;
}

/** The same within a sentence. */
export const databaseName = (lane) => (['product', 'orders'].includes(lane) ? say(`picture.name.${lane}`) : lane);
