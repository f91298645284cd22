import { element, replaceContent, setText } from './element.js';
import { renew } from './in-place.js';
import { say } from './language.js';

const PARTS = ['stock', 'ordered', 'forTickets', 'inFlight'];

/** Readings that are further apart are told to be. */
const BEAT_SECONDS = 5;

/**
 * The sum that must never change, as a bar and in words: every piece is on the shelf, in an order, set aside for a ticket, or just on
 * its way. Once shown, it changes in place. What is not known now is told as it was.
 */
export function renderBooks(region, books, isKnownNow = true) {
  if (!region.querySelector('.books-bar') || region.dataset.language !== document.documentElement.lang) {
    replaceContent(region, ...frame());
    region.dataset.language = document.documentElement.lang;
  }
  const parts = partsOf(books);
  const wrong = books.missing !== 0;
  region.dataset.verdict = wrong ? 'wrong' : 'even';
  setText(region.querySelector('.books-words'), verdict(books, isKnownNow));
  setText(region.querySelector('.books-sum'), sum(books, parts));
  for (const part of PARTS) {
    const [piece, number] = region.querySelectorAll(`[data-part='${part}']`);
    piece.style.flexGrow = parts[part];
    piece.hidden = parts[part] === 0;
    renew(number, say('books.number', { count: parts[part] }));
  }
  const gap = region.querySelector('.books-missing');
  gap.style.flexGrow = Math.abs(books.missing);
  gap.hidden = !wrong;
}

/** Where the sum has never been heard of. */
export function renderNoBooks(region) {
  delete region.dataset.verdict;
  replaceContent(region, element('p', { className: 'notice' }, say('books.unknown')));
}

/** Pieces in an order but still on the shelf would be counted twice: they are on their way, and nothing else. */
function partsOf({ stock, ordered, forTickets, inFlight }) {
  const twice = Math.min(0, inFlight);
  return { stock: stock + twice, ordered: ordered + twice, forTickets, inFlight: Math.abs(inFlight) };
}

function verdict({ missing }, isKnownNow) {
  if (missing === 0) {
    return say(isKnownNow ? 'books.even' : 'books.even.then');
  }
  return missing > 0 ? say('books.missing', { count: missing }) : say('books.surplus', { count: -missing });
}

function sum({ initial, missing, everySeconds }, { stock, ordered, forTickets, inFlight }) {
  const terms = [stock, ordered, ...[forTickets, inFlight].filter((pieces) => pieces)].map((count) => say('books.number', { count }));
  const equation = `${say('books.number', { count: initial })} ${missing ? '≠' : '='} ${terms.join(' + ')}`;
  return everySeconds > BEAT_SECONDS ? `${equation} ${say('books.every', { seconds: everySeconds })}` : equation;
}

const frame = () => [
  element('p', { className: 'books-words' }),
  element('p', { className: 'books-sum' }),
  element('div', { className: 'books-bar', ariaHidden: 'true' }, ...PARTS.map(piece), element('div', { className: 'books-missing' })),
  element('ul', { className: 'books-parts' }, ...PARTS.map(legend)),
];

function piece(part) {
  const created = element('div', { className: 'books-piece' });
  created.dataset.part = part;
  return created;
}

function legend(part) {
  const number = element('strong');
  number.dataset.part = part;
  return element('li', { className: `books-part ${part}` }, number, ` ${say(`books.${part}`)}`);
}
