import { renderBooks, renderNoBooks } from '/js/books.js';
import { choose } from '/js/language.js';
import { equal, inEach, test } from './cases.js';

const EVEN = { initial: 100, stock: 60, ordered: 40, forTickets: 0, inFlight: 0, missing: 0 };

function shown(books, region = document.createElement('div')) {
  document.documentElement.lang = 'en';
  renderBooks(region, books);
  const pieces = [...region.querySelectorAll('.books-piece')];
  const numbers = [...region.querySelectorAll('.books-part strong')];
  const missing = region.querySelector('.books-missing');
  return {
    verdict: region.dataset.verdict,
    words: region.querySelector('.books-words').textContent,
    sum: region.querySelector('.books-sum').textContent,
    bar: pieces.filter(({ hidden }) => !hidden).map(({ dataset, style }) => [dataset.part, Number(style.flexGrow)]),
    numbers: numbers.map(({ textContent }) => Number(textContent.replaceAll(',', ''))),
    gap: missing.hidden ? undefined : Number(missing.style.flexGrow),
  };
}

test('books that are even say so, and their sum', () => {
  equal(shown(EVEN), {
    verdict: 'even',
    words: 'Every piece is on the shelf, set aside for a ticket, or in an order.',
    sum: '100 = 60 + 40',
    bar: [
      ['stock', 60],
      ['ordered', 40],
    ],
    numbers: [60, 40, 0, 0],
    gap: undefined,
  });
});

test('what is not known now is told as it was', () => {
  const region = document.createElement('div');
  const words = (isKnownNow, books = EVEN) => {
    renderBooks(region, books, isKnownNow);
    return region.querySelector('.books-words').textContent;
  };
  equal(
    [words(false), words(true)],
    [
      'When last heard, every piece was on the shelf, set aside for a ticket, or in an order.',
      'Every piece is on the shelf, set aside for a ticket, or in an order.',
    ],
  );
  equal(words(false, { ...EVEN, missing: 1 }), words(true, { ...EVEN, missing: 1 }), 'what is wrong stays so');
});

test('a sum that is counted seldom says how often', () => {
  equal(
    inEach(() => [shown({ ...EVEN, everySeconds: 5 }).sum, shown({ ...EVEN, everySeconds: 90 }).sum]),
    {
      en: ['100 = 60 + 40', '100 = 60 + 40 (counted every 90 s)'],
      zh: ['100 = 60 + 40', '100 = 60 + 40 （每 90 秒清点一次）'],
    },
  );
});

test('pieces on the way and for tickets are terms of the sum', () => {
  const { sum, numbers } = shown({ ...EVEN, stock: 50, forTickets: 7, inFlight: 3 });
  equal(sum, '100 = 50 + 40 + 7 + 3');
  equal(numbers, [50, 40, 7, 3]);
});

test('pieces in an order that are still on the shelf are on their way, and are not counted twice', () => {
  const { verdict, sum, numbers } = shown({ ...EVEN, stock: 63, inFlight: -3 });
  equal(verdict, 'even');
  equal(sum, '100 = 60 + 37 + 3');
  equal(numbers, [60, 37, 0, 3]);
});

test('whatever is under way, the terms of even books add up, in words, in numbers and in the bar', () => {
  const wrong = [];
  for (const stock of [0, 4, 1200]) {
    for (const ordered of [0, 3, 2500]) {
      for (const forTickets of [0, 2, 1001]) {
        for (const inFlight of [-Math.min(stock, ordered), -Math.min(stock, ordered, 2), 0, 5]) {
          const initial = stock + ordered + forTickets + inFlight;
          const { sum, numbers, bar } = shown({ initial, stock, ordered, forTickets, inFlight, missing: 0 });
          const [left, ...terms] = sum.replaceAll(',', '').match(/\d+/g).map(Number);
          const add = (all) => all.reduce((total, each) => total + each, 0);
          const totals = [left, add(terms), add(numbers), add(bar.map(([, pieces]) => pieces))];
          if (totals.some((total) => total !== initial) || numbers.some((number) => number < 0)) {
            wrong.push({ initial, sum, numbers, bar });
          }
        }
      }
    }
  }
  equal(wrong, []);
});

test('missing pieces are a gap in the bar, and the sum is unequal', () => {
  equal(shown({ ...EVEN, stock: 55, missing: 5 }), {
    verdict: 'wrong',
    words: 'This must not happen. Pieces that are neither on the shelf nor with a ticket nor in an order: 5.',
    sum: '100 ≠ 55 + 40',
    bar: [
      ['stock', 55],
      ['ordered', 40],
    ],
    numbers: [55, 40, 0, 0],
    gap: 5,
  });
});

test('too many pieces are told as a positive number', () => {
  const { verdict, words, sum, gap } = shown({ ...EVEN, stock: 1260, missing: -1200 });
  equal(verdict, 'wrong');
  equal(words, 'This must not happen. Pieces that are on the shelf and in an order at once: 1,200.');
  equal(sum, '100 ≠ 1,260 + 40');
  equal(gap, 1200);
});

test('books change in place, and are even again once they are', () => {
  const region = document.createElement('div');
  shown({ ...EVEN, stock: 55, missing: 5 }, region);
  const bar = region.querySelector('.books-bar');
  const { verdict, gap } = shown(EVEN, region);
  equal([verdict, gap], ['even', undefined]);
  equal(region.querySelector('.books-bar') === bar, true, 'the same bar');
});

test('books that are not known have no verdict, and can be shown again', () => {
  const region = document.createElement('div');
  shown(EVEN, region);
  renderNoBooks(region);
  equal([region.dataset.verdict, region.querySelector('.books-bar')], [undefined, null]);
  equal(shown(EVEN, region).sum, '100 = 60 + 40');
});

test('books are made anew in another language', () => {
  const region = document.createElement('div');
  shown(EVEN, region);
  choose('zh');
  document.documentElement.lang = 'zh';
  renderBooks(region, EVEN);
  equal(region.querySelector('.books-part.stock').textContent, '60 在货架上');
});

test('books say the same in each language', () => {
  const words = inEach(() => shown({ ...EVEN, stock: 55, missing: 5 }).words);
  equal(words.zh, '这不应该发生：有 5 件商品既不在货架上，也没有为排队号留出，也不在订单里。');
});
