import { say } from '../language.js';
import { spoken } from './spoken.js';
import { svg } from './svg.js';
import { sentencesOf } from './words.js';

/** What is in a picture and is no step, by its class, with its name in the legend. */
const SIGNS = {
  locks: 'locks',
  'locks-edge': 'locks',
  wait: 'wait',
  doubt: 'doubt',
  dead: 'dead',
  decision: 'decision',
  'decision-sign': 'decision',
  resolver: 'resolve',
  'axis-cut': 'cut',
};

/** A sign's name with what it means. */
export const signWords = (name) => say('picture.tooltip', { name: say(`picture.legend.${name}`), words: say(`picture.legend.${name}.words`) });

/** Lets the parts of a story's picture say what they are to who points at one. */
export function explain(picture, story, productNameOf) {
  for (const sentence of sentencesOf(story).filter(({ index }) => index !== undefined)) {
    entitle(picture, `[data-step='${sentence.index}']`, spoken(sentence, productNameOf));
  }
  for (const sentence of sentencesOf(story).filter(({ letter }) => letter !== undefined)) {
    entitle(picture, `[data-letter='${sentence.letter}']`, spoken(sentence, productNameOf));
  }
  Object.entries(SIGNS).forEach(([sign, name]) => entitle(picture, `.${sign}`, signWords(name)));
}

const entitle = (picture, selector, words) => picture.querySelectorAll(selector).forEach((shape) => shape.append(svg('title', {}, words)));
