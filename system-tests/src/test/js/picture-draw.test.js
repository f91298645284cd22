import { drawPicture } from '/js/picture/draw.js';
import { Example } from '/js/picture/example.js';
import { equal, holds, inEach, test } from './cases.js';
import { BEGAN, step, stories, storyFrom, told } from './stories.js';

const NOW = Date.parse(BEGAN) + 60_000;
const SIZES = [{ width: 260, shared: 50 }, { width: 900, shared: 5000 }, { width: 460 }, { width: 1300 }];

test('each story can be drawn, in each language and at each size, with numbers that are numbers', () => {
  for (const [name, story] of Object.entries(stories)) {
    for (const size of SIZES) {
      inEach(() => {
        const { outerHTML } = drawPicture(story, { ...size, now: NOW }).picture;
        holds(!/undefined|NaN|Infinity|\{\w+\}/.test(outerHTML), `${name} at ${size.width}: ${outerHTML}`);
        holds(!/ (width|height|r|rx)="-/.test(outerHTML), `${name} at ${size.width} has a negative size: ${outerHTML}`);
      });
    }
  }
});

test('as long as one of those who share a commit waits, no answer is drawn, though others have theirs', () => {
  const waiting = [step('REQUEST', '', '', 0), ...told().steps.slice(1)];
  const answers = (steps, size) => {
    const { picture } = drawPicture(storyFrom([['p', told({ steps })]]), { ...size, now: NOW });
    holds(!picture.outerHTML.includes('NaN'), picture.outerHTML);
    return [...picture.querySelectorAll('.answer')].map(({ textContent }) => textContent);
  };
  for (const size of SIZES) {
    equal(answers(waiting, size), []);
    equal(answers(told().steps, size), ['201']);
  }
});

test('nothing is drawn beyond the picture', () => {
  for (const [name, story] of Object.entries(stories)) {
    for (const size of SIZES) {
      const { picture, frame } = drawPicture(story, { ...size, now: NOW });
      const beyond = [...picture.querySelectorAll('rect')].filter(
        (rect) => Number(rect.getAttribute('x')) + Number(rect.getAttribute('width')) > frame.left + frame.plot + 10,
      );
      equal(
        beyond.map(({ outerHTML }) => outerHTML),
        [],
        `${name} at ${size.width}`,
      );
    }
  }
});

test('each step is drawn once, however short it was', () => {
  const { picture } = drawPicture(stories['The next process committed it'], { width: 900, shared: 5000, now: NOW });
  const steps = [...picture.querySelectorAll('.step')];
  equal(
    steps.map(({ dataset }) => dataset.step),
    ['1', '2', '3', '4', '5', '6'],
  );
  holds(
    steps.every((each) => each.tagName !== 'rect' || Number(each.getAttribute('width')) >= 2.5),
    'one is too narrow to be seen',
  );
});

test('the picture of a row has no numbered messages, that of the detail has four for each database', () => {
  const numbers = (size) =>
    [...drawPicture(stories['All went well'], { ...size, now: NOW }).picture.querySelectorAll('.number-text')].map(({ textContent }) => textContent);
  equal(numbers({ width: 900, shared: 50 }), []);
  equal(numbers({ width: 1300 }), ['1', '2', '1', '2', '3', '4', '3', '4']);
});

test('an open doubt tells its age', () => {
  const { picture } = drawPicture(stories['Nobody answered the decision'], { width: 1300, now: NOW });
  equal(picture.querySelector('.doubt-label').textContent, 'in doubt 59 s');
});

test('the tour’s buttons stay while the page is drawn anew, and change with the language alone', () => {
  const region = document.createElement('section');
  const example = new Example(region, () => undefined);
  const buttons = () => {
    example.render();
    return [...region.querySelectorAll('button')];
  };
  const first = buttons();
  equal(
    buttons().map((button, i) => button === first[i]),
    Array(4).fill(true),
  );
  equal(
    inEach(() => buttons()[0].textContent === first[0].textContent),
    { en: true, zh: false },
  );
});
