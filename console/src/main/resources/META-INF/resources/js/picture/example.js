import { element, replaceContent, setText } from '../element.js';
import { currentLanguage, say } from '../language.js';
import { RowList } from './list.js';
import { told } from './recorded.js';
import { merge, storyOf } from './transaction.js';

/** Where the tour stops, each with the kind of step that has just ended there. */
const STOPS = [
  ['work', 'WORK'],
  ['promise', 'PREPARE'],
  ['decision', 'DECISION'],
  ['follow', 'COMMIT'],
];

/** The recorded order, told in the reader's language. */
const recordedStory = () => {
  const story = storyOf(merge(undefined, told, ''), '');
  return { ...story, isRecorded: true, order: { ...story.order, orderName: say('picture.example.name') } };
};

/**
 * What stands in for orders while there is none: one that was recorded, and in a few stops why it goes as it does. `open` is called with
 * its story, and with a moment of it to look at one stop.
 */
export class Example {
  #region;
  #rows;
  #open;
  #story;
  #language;

  constructor(region, open) {
    this.#region = region;
    this.#open = open;
    const list = element('ol', { className: 'picture-rows' });
    this.#rows = new RowList(
      list,
      () => say('picture.example.product'),
      () => open(this.#story),
    );
    list.addEventListener('resized', () => this.#draw());
    region.append(element('h3', { id: 'example-heading' }), list, element('ol', { id: 'tour', className: 'tour' }));
  }

  render() {
    this.#story = recordedStory();
    const [heading, , tour] = this.#region.children;
    setText(heading, say('picture.example.heading'));
    if (this.#language !== currentLanguage()) {
      this.#language = currentLanguage(); // Otherwise the buttons stay: who presses one just now is heard, and finds the focus again.
      replaceContent(tour, ...STOPS.map(([name, kind]) => this.#stop(name, kind)));
    }
    this.#rows.forgetDrawn();
    this.#draw();
  }

  #draw() {
    if (this.#region.clientWidth) {
      this.#rows.render([this.#story.globalId], () => this.#story, Date.now());
    }
  }

  #stop(name, kind) {
    const button = element('button', { type: 'button', id: `tour-${name}`, className: 'small' }, say('picture.tour.show'));
    button.setAttribute('aria-describedby', `tour-${name}-title`);
    button.addEventListener('click', () => this.#open(this.#story, this.#story.steps.findLast((step) => step.kind === kind).to));
    return element(
      'li',
      {},
      element('b', { id: `tour-${name}-title` }, say(`picture.tour.${name}`)),
      element('p', {}, say(`picture.tour.${name}.words`)),
      button,
    );
  }
}
