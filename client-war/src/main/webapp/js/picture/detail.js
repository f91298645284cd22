import { element, replaceContent } from '../element.js';
import { say, timeOfDay } from '../language.js';
import { replayControls } from './controls.js';
import { drawPicture } from './draw.js';
import { databaseName, laneName, millis } from './format.js';
import { Replay } from './replay.js';
import { px, svg } from './svg.js';
import { badge, titleOf } from './titles.js';
import { meaningOf, messagesOf, sentencesOf, summaryOf } from './words.js';

/** Narrower than that the picture is not drawn; it then scrolls, and follows its replay. */
const WIDTH_MIN = 460;

/** Places on the axis are not exact to the last bit. */
const SAME_MOMENT_MILLIS = 1e-3;

/** One transaction in full, in a dialog: its picture with slow motion, the four messages, the steps in words, and the facts. */
export class Detail {
  #dialog;
  #productNameOf;
  #story;
  #replay;

  constructor(dialog, productNameOf) {
    this.#dialog = dialog;
    this.#productNameOf = productNameOf;
    dialog.addEventListener('close', () => this.#closed());
    dialog.addEventListener('click', ({ target }) => (target === dialog ? dialog.close() : undefined));
    new ResizeObserver(() => (dialog.open ? this.render() : undefined)).observe(dialog);
  }

  get id() {
    return this.#story?.globalId;
  }

  show(story) {
    this.#story = story;
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    this.render();
    this.#dialog.querySelector('.detail-close').focus();
  }

  /** The same transaction, of which more is known now. */
  update(story) {
    if (this.#story && story && story !== this.#story) {
      this.#story = story;
      this.render();
    }
  }

  #closed() {
    this.#replay?.pause();
    this.#story = undefined;
    replaceContent(this.#dialog);
  }

  render() {
    const story = this.#story;
    if (!story) {
      return;
    }
    const place = this.#replay?.place ?? 1;
    this.#replay?.pause();
    const stage = element('div', { className: 'detail-stage' });
    const steps = this.#steps();
    const controls = element('div', { className: 'controls' });
    replaceContent(
      this.#dialog,
      element(
        'div',
        { className: 'detail' },
        this.#head(),
        stage,
        controls,
        steps.section,
        element('div', { className: 'beside' }, ...(story.isTicket ? [] : [messageTable(story)]), this.#facts()),
      ),
    );
    const drawn = drawPicture(story, {
      width: Math.max(Math.floor(stage.clientWidth), WIDTH_MIN),
      now: Date.now(),
    });
    drawn.picture.setAttribute('role', 'img');
    drawn.picture.setAttribute('aria-label', this.#summary());
    stage.append(drawn.picture);
    this.#prepareReplay(drawn, stage, controls, steps, place);
  }

  #prepareReplay({ picture, frame, scale }, stage, controls, steps, place) {
    const edges = this.#story.steps.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]);
    const veil = svg('rect', { class: 'veil', y: 0, height: px(frame.bottom + 2), width: 0, x: 0 });
    const head = svg('line', { class: 'playhead', y1: frame.top - 8, y2: px(frame.bottom + 6) });
    picture.append(veil, head);
    const moved = (moment, at) => {
      const x = frame.left + at * frame.plot;
      veil.setAttribute('x', px(x));
      veil.setAttribute('width', px(at >= 1 ? 0 : frame.width - x));
      head.setAttribute('x1', px(x));
      head.setAttribute('x2', px(x));
      head.style.display = at >= 1 ? 'none' : '';
      stage.scrollLeft = at >= 1 ? 0 : x - stage.clientWidth / 2;
      steps.lightUp(moment, at >= 1);
      buttons.show(moment, at);
    };
    this.#replay = new Replay(scale, edges.map((edge) => scale.x(edge)), moved);
    const buttons = replayControls(this.#replay, (moment) => (moment < 0 ? '' : millis(moment)));
    controls.replaceChildren(...buttons.nodes);
    if (frame.width <= stage.clientWidth) {
      Object.assign(buttons.nodes.at(-1).style, { marginLeft: `${frame.left - 8}px`, width: `${frame.plot + 16}px` });
    } else {
      stage.classList.add('scrolls');
      stage.tabIndex = 0;
    }
    scrub(picture, frame, this.#replay);
    this.#replay.goTo(place);
  }

  #head() {
    const close = element('button', { type: 'button', className: 'detail-close', id: 'detail-close' }, '×');
    close.setAttribute('aria-label', say('picture.close'));
    close.addEventListener('click', () => this.#dialog.close());
    const title = element('h2', { id: 'detail-title' }, titleOf(this.#story, this.#productNameOf));
    const name = this.#story.order ? [element('p', { className: 'detail-name' }, this.#story.order.orderName)] : [];
    return element(
      'header',
      { className: 'detail-head' },
      element('div', {}, title, ...name),
      close,
      element('p', { className: 'detail-summary' }, badge(this.#story), ' ', this.#summary()),
    );
  }

  #summary() {
    const { key, values } = summaryOf(this.#story);
    return say(key, { millis: millis(values.millis) });
  }

  #steps() {
    const sentences = sentencesOf(this.#story);
    const items = sentences.map((sentence) =>
      element('li', {}, element('span', { className: 'when' }, sentence.from < 0 ? '' : millis(sentence.from)), this.#sentence(sentence)),
    );
    const heading = element('h3', {}, say('picture.steps'));
    const section = element('section', { className: 'detail-steps' }, heading, element('ol', {}, ...items));
    const lightUp = (moment, isEnd) =>
      sentences.forEach(({ from, to }, i) => {
        const hasBegun = from <= moment + SAME_MOMENT_MILLIS;
        const isNow = !isEnd && hasBegun && moment <= (to ?? Infinity) + SAME_MOMENT_MILLIS;
        items[i].className = isNow ? 'now' : isEnd || hasBegun ? '' : 'later';
      });
    return { section, lightUp };
  }

  #sentence({ key, ending, reason, values }) {
    const { participant, productId, meaning } = values;
    const facts = {
      ...values,
      database: participant && databaseName(participant),
      product: productId && this.#productNameOf(productId),
      meaning: meaning && say(meaning),
      millis: values.millis === undefined ? say('picture.underWay') : millis(values.millis),
    };
    const said = element('span', {}, say(key, facts), ...(ending ? [say('picture.space'), say(ending, facts)] : []));
    if (reason) {
      said.append(element('span', { className: 'reason', lang: 'en' }, reason));
    }
    return said;
  }

  #facts() {
    const { isTicket, globalId, order, answer, commitPoint, together, began } = this.#story;
    const rows = [
      ['picture.fact.told', answer ? `${answer} · ${say(meaningOf(answer))}` : '–'],
      isTicket ? ['picture.fact.together', String(together)] : ['picture.fact.commitPoint', commitPoint ? laneName(commitPoint) : '–'],
      ['picture.fact.began', timeOfDay(began)],
      [isTicket ? 'picture.fact.ticket' : 'picture.fact.order', order?.orderId ?? '–'],
      ...(isTicket ? [] : [['picture.fact.globalId', globalId]]),
    ];
    const list = rows.flatMap(([key, value]) => [element('dt', {}, say(key)), element('dd', {}, value)]);
    const link = isTicket
      ? seeAlso(`ticket.html?id=${globalId}`, 'picture.inTicket')
      : seeAlso(`console.html#transaction=${encodeURIComponent(globalId)}`, 'picture.inConsole');
    return element('section', { className: 'detail-facts' }, element('h3', {}, say('picture.facts')), element('dl', {}, ...list), link);
  }
}

const seeAlso = (href, key) => element('p', { className: 'sheet-link' }, element('a', { id: 'detail-link', href }, say(key)));

/** A press on the picture moves the moment there, and so does dragging a mouse over it. */
function scrub(picture, { left, plot }, replay) {
  const move = ({ clientX }) => {
    replay.pause();
    replay.goTo((clientX - picture.getBoundingClientRect().left - left) / plot);
  };
  picture.addEventListener('click', move);
  picture.addEventListener('pointermove', (event) => (event.buttons && event.pointerType === 'mouse' ? move(event) : undefined));
}

function messageTable(story) {
  const heading = element('h3', {}, say('picture.messages'));
  const tables = messagesOf(story).map(({ participant, messages }) =>
    element(
      'div',
      { className: 'exchange' },
      element('h4', {}, `${say('picture.lane.coordinator')} ⇄ ${laneName(participant)}`),
      element('ol', {}, ...messages.map((message, i) => messageItem(message, i + 1))),
    ),
  );
  return element('section', { className: 'messages' }, heading, element('div', { className: 'exchanges' }, ...tables));
}

function messageItem(message, number) {
  const isBack = number % 2 === 0;
  const words = message ? say(message.key) : say('picture.message.none');
  const by = message?.by === 'resolver' && !isBack ? say('picture.space') + say('picture.message.byResolver') : '';
  const at = message?.at === undefined ? '' : millis(message.at);
  const state = message ? (message.result ?? 'sent') : 'none';
  const sign = element('span', { className: 'message-number' }, String(number));
  sign.setAttribute('aria-hidden', 'true');
  const way = element('span', { className: 'message-way' }, isBack ? '←' : '→');
  way.setAttribute('aria-hidden', 'true');
  return element('li', { className: state }, sign, way, element('span', {}, words + by), element('span', { className: 'when' }, at));
}
