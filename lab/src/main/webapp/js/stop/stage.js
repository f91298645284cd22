import { replaceContent, setText } from '../element.js';
import { say } from '../language.js';
import { readerCards } from './reader.js';
import { stepEntries } from './steps.js';

const OVER = ['COMMITTED', 'ROLLED_BACK', 'REFUSED'];

const byId = (id) => document.getElementById(id);

export const isOver = (hold) => OVER.includes(hold.state);

/** Shows a held order: its steps on one side, on the other what everybody else sees. */
export class Stage {
  #productName;
  #shown;
  #hold;
  #before;
  #failure;

  /** `productName` turns a productId into words. */
  constructor(productName) {
    this.#productName = productName;
  }

  /** Makes room for another order. */
  clear() {
    this.#hold = undefined;
    this.#before = undefined;
    this.#shown = undefined;
    this.#failure = undefined;
    byId('stage').hidden = true;
    this.#renderFailure();
  }

  /** Says why nothing new is known, until there is: 'no-such-hold', after which nothing more will come, or anything else. */
  fail(kind) {
    const failure = kind === 'no-such-hold' ? kind : 'other';
    if (failure !== this.#failure) {
      if (failure === 'no-such-hold') {
        this.clear();
      }
      this.#failure = failure;
      this.#shown = undefined;
      this.render();
    }
  }

  show(hold) {
    this.#hold = hold;
    this.#failure = undefined;
    if (hold.state === 'HELD') {
      this.#before = hold.reader;
    }
    byId('stage').hidden = false;
    this.#renderCountdown();
    // Only what has changed, lest a screen reader, or whoever marks a number to copy it, is disturbed twice a second.
    const content = JSON.stringify({ ...hold, leftMillis: 0, transaction: { ...hold.transaction, millis: 0 } });
    if (content !== this.#shown) {
      this.#shown = content;
      this.render();
    }
  }

  render() {
    this.#renderFailure();
    const hold = this.#hold;
    if (!hold) {
      return;
    }
    const { title, words } = told(hold);
    byId('stage').dataset.state = hold.state;
    setText(byId('stage-title'), title);
    setText(byId('stage-words'), words);
    byId('stage-buttons').hidden = !this.#canEnd;
    const heldAt = hold.state === 'HELD' ? hold.at : undefined;
    replaceContent(byId('steps'), ...stepEntries(hold.transaction, { heldAt, isOver: isOver(hold) }));
    const name = this.#productName(hold.order.productId);
    replaceContent(byId('reader'), ...readerCards(hold, name, isOver(hold) ? this.#before : undefined));
    this.#renderCountdown();
  }

  /** Whoever hears nothing of a hold cannot tell whether it still is one. */
  get #canEnd() {
    return this.#hold.state === 'HELD' && !this.#failure;
  }

  #renderFailure() {
    setText(byId('stage-failure'), this.#failure ? say(`stop.failed.${this.#failure}`) : '');
  }

  #renderCountdown() {
    const { leftMillis, limitMillis } = this.#hold;
    const [words, bar] = byId('stage-left').children;
    byId('stage-left').hidden = !this.#canEnd || leftMillis === undefined;
    if (byId('stage-left').hidden) {
      return; // It is over, or only a recording.
    }
    words.textContent = say('stop.left', { seconds: Math.ceil(leftMillis / 1000) });
    bar.value = leftMillis / limitMillis;
    bar.setAttribute('aria-label', words.textContent);
  }
}

function told({ state, at, ending, problem, limitMillis }) {
  const seconds = Math.round(limitMillis / 1000);
  if (state === 'HELD') {
    return { title: say(`stop.title.HELD.${at}`), words: say(`stop.words.HELD.${at}`) };
  }
  if (state === 'REFUSED') {
    const kind = problem.type.split(':').at(-1);
    const words = ['out-of-stock', 'unknown-product'].includes(kind) ? `result.${kind}.words` : 'stop.words.REFUSED';
    return { title: say('stop.title.REFUSED'), words: say(words, problem) };
  }
  if (state === 'COMMITTED' || state === 'ROLLED_BACK') {
    const how = state === 'ROLLED_BACK' && ending === 'TIMEOUT' ? 'TIMEOUT' : state;
    return { title: say(`stop.title.${how}`, { seconds }), words: say(`stop.words.${how}.${at}`, { seconds }) };
  }
  return { title: say(`stop.title.${state}`), words: say(`stop.words.${state}`) };
}
