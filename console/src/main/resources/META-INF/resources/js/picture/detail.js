import { copyable } from '../copy.js';
import { duration } from '../duration.js';
import { element, replaceContent } from '../element.js';
import { say, timeOfDay } from '../language.js';
import { orderAddress, ticketAddress } from '../links.js';
import { subjectWords } from '../subject.js';
import { replayControls } from './controls.js';
import { drawPicture } from './draw.js';
import { flowStory } from './flow.js';
import { laneName } from './format.js';
import { messageTable } from './messages.js';
import { Replay } from './replay.js';
import { spoken, spokenSummary } from './spoken.js';
import { px, svg } from './svg.js';
import { badge, nameOf, titleOf } from './titles.js';
import { explain } from './tooltips.js';
import { meaningOf, sentencesOf } from './words.js';

/** Narrower than that the picture is not drawn; it then scrolls, and follows its replay. */
const WIDTH_MIN = 460;

const LESS_MOTION = matchMedia('(prefers-reduced-motion: reduce)');

/** Places on the axis are not exact to the last bit. */
const SAME_MOMENT_MILLIS = 1e-3;

/** One transaction in full, in a dialog: its picture with slow motion, the four messages, the steps in words, and the facts. */
export class Detail {
  #dialog;
  #productNameOf;
  #readFlow;
  #given;
  #story;
  #records;
  #replay;
  #placeOf;

  /** `readFlow` asks the server, and it its peers, for what each has recorded of a flow. */
  constructor(dialog, productNameOf, readFlow) {
    this.#dialog = dialog;
    this.#readFlow = readFlow;
    this.#productNameOf = productNameOf;
    dialog.addEventListener('close', () => this.#closed());
    dialog.addEventListener('click', ({ target }) => (target === dialog ? dialog.close() : undefined));
    new ResizeObserver(() => (dialog.open ? this.render() : undefined)).observe(dialog);
  }

  get id() {
    return this.#story?.globalId;
  }

  /**
   * Plays what is over, unless the reader wants less motion. With a `moment`, in milliseconds of the story, it stands still there, and
   * nothing plays.
   */
  show(story, moment) {
    this.#records = undefined;
    this.#take(story);
    this.#replay?.pause();
    this.#replay = undefined;
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    this.render();
    if (moment !== undefined) {
      this.#replay.goTo(this.#placeOf(moment));
    } else if (story.isOver && !LESS_MOTION.matches) {
      this.#replay.play();
    }
    this.#dialog.querySelector('.detail-close').focus();
    this.#ask();
  }

  /** The same transaction, of which more is known now. */
  update(story) {
    if (this.#story && story && story !== this.#given) {
      this.#take(story);
      this.render();
      this.#ask();
    }
  }

  #take(story) {
    this.#given = story;
    this.#story = this.#records ? flowStory(story.base, this.#records) : story;
  }

  /** The server asks its peers, which may take as long as one of them does not answer. */
  async #ask() {
    const given = this.#given;
    if (!given.flow || !this.#readFlow) {
      return;
    }
    const told = await this.#readFlow(given.flow).catch(() => undefined);
    if (told && this.#given?.globalId === given.globalId) {
      this.#records = told.servers;
      this.#take(this.#given);
      this.render();
    }
  }

  #closed() {
    this.#replay?.pause();
    this.#replay = undefined;
    this.#story = undefined;
    this.#given = undefined;
    replaceContent(this.#dialog);
  }

  render() {
    const story = this.#story;
    if (!story) {
      return;
    }
    const { place, isPlaying } = this.#replay ?? { place: 1, isPlaying: false };
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
        ...remarksOf(this.#story),
        steps.section,
        element('div', { className: 'beside' }, ...(story.isTicket ? [] : [messageTable(story)]), this.#facts()),
      ),
    );
    const drawn = drawPicture(story, {
      width: Math.max(Math.floor(stage.clientWidth), WIDTH_MIN),
      now: Date.now(),
    });
    drawn.picture.setAttribute('role', 'img');
    drawn.picture.setAttribute('aria-label', spokenSummary(story));
    explain(drawn.picture, story, this.#productNameOf);
    stage.append(drawn.picture);
    this.#prepareReplay(drawn, stage, controls, steps, place);
    if (isPlaying) {
      this.#replay.play();
    }
  }

  #prepareReplay({ picture, frame, scale }, stage, controls, steps, place) {
    const edges = [...this.#story.steps, ...(this.#story.letters ?? [])].flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]);
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
    this.#replay = new Replay(
      scale,
      edges.map((edge) => scale.x(edge)),
      moved,
    );
    this.#placeOf = scale.x;
    const buttons = replayControls(this.#replay, (moment) => (moment < 0 ? '' : duration(moment)));
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
    const name = element('p', { className: 'detail-name' }, nameOf(this.#story));
    return element(
      'header',
      { className: 'detail-head' },
      element('div', {}, title, name),
      close,
      element('p', { className: 'detail-summary' }, badge(this.#story), ' ', spokenSummary(this.#story)),
    );
  }

  #steps() {
    const sentences = sentencesOf(this.#story);
    const items = sentences.map((sentence) =>
      element('li', {}, element('span', { className: 'when' }, sentence.from < 0 ? '' : duration(sentence.from)), this.#sentence(sentence)),
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

  #sentence(sentence) {
    const { reason } = sentence;
    return element('span', {}, spoken(sentence, this.#productNameOf), ...(reason ? [element('span', { className: 'reason', lang: 'en' }, reason)] : []));
  }

  #facts() {
    const { isTicket, globalId, flow, order, subjects, orders = [], subjectCount = 1, answer, commitPoint, together, began } = this.#story;
    const isShared = subjectCount > 1;
    const about = subjects.map((subject) => ['picture.fact.subject', subjectWords(subject)]);
    const shared = orders.length ? orders.map((one) => ['picture.fact.order', sharedOrder(one, this.#productNameOf)]) : about;
    const untold = subjectCount - shared.length;
    const more = untold > 0 ? [['picture.fact.more', say('picture.more', { count: untold })]] : [];
    const rows = [
      ['picture.fact.told', answer ? `${answer} · ${say(meaningOf(answer))}` : '–'],
      isTicket ? ['picture.fact.together', String(together)] : ['picture.fact.commitPoint', commitPoint ? laneName(commitPoint) : '–'],
      ['picture.fact.began', timeOfDay(began)],
      ...(isShared ? [...shared, ...more] : []),
      ...(!isShared && (order || !subjects.length) ? [[isTicket ? 'picture.fact.ticket' : 'picture.fact.order', order ? copyable(order.orderId) : '–']] : []),
      ...(order || isShared ? [] : about),
      ...(isTicket ? [] : [['picture.fact.globalId', copyable(globalId)]]),
      ...(flow ? [['picture.fact.flow', copyable(flow)]] : []),
    ];
    const list = rows.flatMap(([key, value]) => [element('dt', {}, say(key)), element('dd', {}, value)]);
    return element('section', { className: 'detail-facts' }, element('h3', {}, say('picture.facts')), element('dl', {}, ...list), ...linksOf(this.#story));
  }
}

/** One of the orders that share the transaction. */
function sharedOrder({ orderId, orderName, quantity, productId }, productNameOf) {
  const content = say('orders.content', { quantity, product: productNameOf(productId) });
  return element('span', {}, copyable(orderId), ` ${content} · ${orderName}`);
}

/** Whose events are missing, and whose times had to be moved. */
function remarksOf({ machines = [] }) {
  const missing = machines.filter(({ isMissing, reason }) => isMissing && reason);
  const moved = machines.filter(({ shift }) => shift);
  return [
    ...missing.map(({ server, reason }) =>
      element('p', { className: 'notice missing' }, say('picture.missing', { server }), ' ', element('span', { className: 'reason', lang: 'en' }, reason)),
    ),
    ...moved.map(({ server, shift }) => element('p', { className: 'notice' }, say('picture.shifted', { server, millis: duration(Math.abs(shift)) }))),
  ];
}

/** The other pages that show it, too; none knows what was recorded. */
function linksOf({ isRecorded, isTicket, globalId, order, state }) {
  if (isRecorded) {
    return [];
  }
  if (isTicket) {
    return [seeAlso('detail-ticket', ticketAddress({ ticketId: globalId }), 'picture.inTicket')];
  }
  const address = order && state !== 'ABORTED' && orderAddress(order);
  const placed = address ? [seeAlso('detail-order', address, 'order.page')] : [];
  return [...placed, seeAlso('detail-console', `console.html#transaction=${encodeURIComponent(globalId)}`, 'picture.inConsole')];
}

const seeAlso = (id, href, key) => element('p', { className: 'sheet-link' }, element('a', { id, href }, say(key)));

/** A press on the picture moves the moment there, and so does dragging a mouse over it. */
function scrub(picture, { left, plot }, replay) {
  const move = ({ clientX }) => {
    replay.pause();
    replay.goTo((clientX - picture.getBoundingClientRect().left - left) / plot);
  };
  picture.addEventListener('click', move);
  picture.addEventListener('pointermove', (event) => (event.buttons && event.pointerType === 'mouse' ? move(event) : undefined));
}
