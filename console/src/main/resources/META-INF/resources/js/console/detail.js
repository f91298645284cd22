import { carry } from '../address.js';
import { copyable } from '../copy.js';
import { duration } from '../duration.js';
import { element, replaceContent } from '../element.js';
import { dateAndTime, say } from '../language.js';
import { orderAddress } from '../links.js';
import { subjectWords } from '../subject.js';
import { readTransaction } from './api.js';
import { orderTitle, orderWords, remarks, transactionId } from './transactions.js';
import { facts, stateMark, verbatim } from './words.js';

/** One transaction in a sheet of its own: branches, locks, steps. */
export class Detail {
  #dialog;
  #productNameOf;
  #globalId;
  #known;

  constructor(dialog, productNameOf) {
    this.#dialog = dialog;
    this.#productNameOf = productNameOf;
    dialog.addEventListener('close', () => {
      // The button may be another one by now, which the browser cannot know.
      document.getElementById(transactionId(this.#globalId))?.focus({ preventScroll: true });
      this.#globalId = undefined;
      this.#known = undefined;
      carry({ transaction: '' });
    });
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  }

  async open(globalId) {
    this.#globalId = globalId;
    this.#known = undefined;
    carry({ transaction: globalId });
    await this.refresh();
    if (this.#globalId === globalId && !this.#dialog.open) {
      this.#dialog.showModal();
    }
  }

  /** Asks again while the transaction may still change. */
  async refresh() {
    const globalId = this.#globalId;
    if (!globalId || (this.#known && ['COMMITTED', 'ABORTED'].includes(this.#known.state))) {
      return;
    }
    const known = await readTransaction(globalId).catch(() => this.#known);
    if (globalId === this.#globalId) {
      this.#known = known;
      replaceContent(this.#dialog, ...this.#content(globalId));
    }
  }

  /** Shows the same once more, since products may be called something else now. */
  render() {
    if (this.#known) {
      replaceContent(this.#dialog, ...this.#content(this.#globalId));
    }
  }

  #content(globalId) {
    const close = element('button', { type: 'button', id: 'detail-close', className: 'sheet-close' }, say('detail.close'));
    close.addEventListener('click', () => this.#dialog.close());
    const heading = element('h2', { id: 'transaction-detail-heading' }, this.#known ? orderTitle(this.#known) : say('detail.unknown'));
    const head = element('div', { className: 'sheet-head' }, heading, close);
    return this.#known ? [head, ...this.#body(this.#known)] : [head, element('p', { className: 'notice' }, copyable(globalId, 'detail'))];
  }

  #body(known) {
    return [
      element('p', { className: 'sheet-state' }, stateMark(known.state), ...remarks(known)),
      ...(known.settledElsewhere ? [element('p', { className: 'notice' }, say('detail.settledElsewhere'))] : []),
      facts(
        ...orders(known, this.#productNameOf),
        ...(known.order ? [] : (known.subjects ?? []).map((subject) => [say('detail.subject'), subjectWords(subject)])),
        [say('detail.globalId'), copyable(known.globalId, 'detail')],
        [say('transactions.began'), dateAndTime(known.began, 'medium')],
        [say('transactions.duration'), duration(known.millis)],
        [say('transactions.commitPoint'), known.commitPoint || '–'],
        known.answer && [say('detail.answer'), `HTTP ${known.answer}`],
      ),
      ...links(known),
      ...part('detail.branches', branches(known)),
      ...part('detail.locks', locks(known)),
      ...part('detail.steps', steps(known)),
    ];
  }
}

/** Its order, or all those that share it. */
function orders({ order, orders: shared = [] }, productNameOf) {
  const rows = (one) => [
    [say('detail.order'), orderWords(one, productNameOf)],
    [say('detail.orderId'), copyable(one.orderId, 'detail')],
  ];
  return shared.length ? shared.flatMap(rows) : order ? rows(order) : [];
}

/** The order's own page, unless it was rolled back, and the picture, which shows steps alone. */
function links({ globalId, order, state, steps: told, messages = [] }) {
  const address = order && state !== 'ABORTED' && orderAddress(order);
  const placed = address ? [link('detail-order', address, 'order.page')] : [];
  const drawn = told.length + messages.length ? [link('detail-picture', `picture.html#transaction=${encodeURIComponent(globalId)}`, 'detail.picture')] : [];
  return [...placed, ...drawn];
}

const link = (id, href, key) => element('p', { className: 'sheet-link' }, element('a', { id, href }, say(key)));

const part = (heading, rows) => (rows.length ? [element('h3', {}, say(heading)), element('ul', { className: 'sheet-rows' }, ...rows)] : []);

function branches({ branches: all, prepared }) {
  return all.map(({ participant, branch, commitPoint, state }) => {
    const held = prepared.find((one) => one.participant === participant && one.branch === branch);
    const role = say(commitPoint ? 'detail.commitPoint' : 'detail.follower');
    return element(
      'li',
      {},
      element('span', { className: 'sheet-title' }, participant, element('span', { className: 'remark' }, `${role} ${branch}`)),
      stateMark(state),
      ...(held ? [element('p', { className: 'sheet-words' }, say('detail.preparedFor', { age: duration(held.ageMillis) })), verbatim(held.because)] : []),
    );
  });
}

function locks({ locks: all }) {
  return all.map(({ participant, relation, mode, waiting }) =>
    relation
      ? element(
          'li',
          {},
          element('span', { className: 'sheet-title' }, `${participant}.${relation}`, element('span', { className: 'remark' }, mode)),
          waiting ? element('span', { className: 'sheet-waiting' }, say('detail.waiting', { count: waiting })) : '',
        )
      : element('li', {}, say('detail.locksUntold', { participant })),
  );
}

function steps({ steps: all }) {
  return all.map(({ kind, participant, branch, from, to, outcome, reason, byOperator }) =>
    element(
      'li',
      { className: 'sheet-step' },
      element('span', { className: 'sheet-step-from' }, duration(from)),
      element(
        'span',
        { className: 'sheet-title' },
        say(`step.${kind}`),
        element('span', { className: 'remark' }, [participant, branch, byOperator && say('detail.byOperator')].filter(Boolean).join(' ')),
      ),
      element('span', { className: 'sheet-step-for' }, to === undefined ? say('detail.underWay') : duration(to - from)),
      ...(outcome ? [element('span', { className: 'sheet-step-outcome', lang: 'en' }, [outcome, reason].filter(Boolean).join(': '))] : []),
    ),
  );
}
