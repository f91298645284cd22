import { duration } from '../duration.js';
import { element } from '../element.js';
import { drawPicture } from './draw.js';
import { endOf, sharedLength, sharesAxis } from './scale.js';
import { spokenSummary } from './spoken.js';
import { badge, factsOf, titleOf } from './titles.js';

const AGEING_MILLIS = 500;

/** The rows of the list. Rows are kept and moved, not made anew; a picture is drawn again only if its story or its axis has changed. */
export class RowList {
  #list;
  #rows = new Map();
  #shared = sharedLength([]);
  #width = 0;
  #productNameOf;

  constructor(list, productNameOf, open) {
    this.#list = list;
    this.#productNameOf = productNameOf;
    list.addEventListener('click', ({ target }) => {
      const row = target.closest('.row');
      if (row) {
        open(row.dataset.id);
      }
    });
    list.addEventListener('keydown', (event) => this.#walk(event));
    new ResizeObserver(() => this.#resized()).observe(list);
  }

  get shared() {
    return this.#shared;
  }

  /** The width of the pictures, for the axis above them. */
  get pictureWidth() {
    return this.#width;
  }

  /** Whether a row shows its age, and so must be drawn again though nothing new is known. */
  get isAgeing() {
    return [...this.#rows.values()].some(({ drawn }) => drawn && !drawn.isOver);
  }

  render(ids, storyOf, now) {
    this.#share(
      ids.map((id) => storyOf(id)),
      now,
    );
    const kept = new Set(ids);
    this.#rows.forEach(({ item }, id) => {
      if (!kept.has(id)) {
        item.remove();
        this.#rows.delete(id);
      }
    });
    ids.forEach((id, i) => {
      const row = this.#rows.get(id) ?? this.#make(id);
      if (this.#list.children[i] !== row.item) {
        this.#list.insertBefore(row.item, this.#list.children[i] ?? null);
      }
      this.#draw(row, storyOf(id), now);
    });
  }

  /** Draws all anew, in another language, say. */
  forgetDrawn() {
    this.#rows.forEach((row) => (row.drawn = undefined));
  }

  #share(stories, now) {
    const shared = sharedLength(
      stories.filter(sharesAxis).map((story) => endOf(story, now)),
      this.#shared,
    );
    if (shared !== this.#shared) {
      this.#shared = shared;
      this.forgetDrawn();
    }
  }

  #make(id) {
    const button = element('button', { type: 'button', className: 'row' });
    button.dataset.id = id;
    const parts = ['row-what', 'row-picture', 'row-outcome'].map((className) => element('span', { className }));
    parts[1].setAttribute('aria-hidden', 'true');
    button.append(...parts);
    const item = element('li', { className: 'new-row' }, button);
    const row = { item, button, parts };
    this.#rows.set(id, row);
    return row;
  }

  #draw(row, story, now) {
    const isDrawn = row.drawn === story;
    if (isDrawn && (story.isOver || now - row.drawnAt < AGEING_MILLIS)) {
      return;
    }
    const [what, picture, outcome] = row.parts;
    row.button.title = spokenSummary(story);
    this.#width ||= Math.floor(picture.clientWidth);
    picture.replaceChildren(drawPicture(story, { width: this.#width, shared: this.#shared, now }).picture);
    what.replaceChildren(
      element('span', { className: 'row-title' }, titleOf(story, this.#productNameOf)),
      element('span', { className: 'row-facts' }, factsOf(story).join(' · ')),
    );
    outcome.replaceChildren(badge(story), element('span', { className: 'row-length' }, duration(endOf(story, now))));
    Object.assign(row, { drawn: story, drawnAt: now });
  }

  #resized() {
    this.#width = 0;
    this.forgetDrawn();
    this.#list.dispatchEvent(new Event('resized'));
  }

  /** Arrow keys walk from row to row. */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = [...this.#list.querySelectorAll('.row')];
    const next = rows[rows.indexOf(document.activeElement) + step];
    if (step && next) {
      event.preventDefault();
      next.focus();
    }
  }
}
