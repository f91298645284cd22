import { currentLanguage, say } from '../language.js';
import { nameIn, serverIn } from './lane.js';

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

const SHORT_MAX = 12;

/**
 * A lane's name; a database that is not one of the two has its own. Where a server is a lane among those of others, the short name of its
 * coordinator is the server's.
 */
export function laneName(lane, isShort = false) {
  const [name, server] = [nameIn(lane), serverIn(lane)];
  if (server && isShort && name === 'coordinator') {
    return server.length > SHORT_MAX ? `${server.slice(0, SHORT_MAX - 1)}…` : server;
  }
  const known = ['client', 'coordinator', 'product', 'orders'].includes(name);
  return known ? say(`picture.lane.${name}${isShort ? '.short' : ''}`) : name;
}

/** A database within a sentence, with its server if there are several. */
export function databaseName(lane) {
  const [name, server] = [nameIn(lane), serverIn(lane)];
  const database = ['product', 'orders'].includes(name) ? say(`picture.name.${name}`) : name;
  return server ? say('picture.at', { database, server }) : database;
}
