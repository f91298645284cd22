import { askForOrder, placeOrder } from '../api.js';
import { element, replaceContent, setText } from '../element.js';
import { listed, say } from '../language.js';
import { newOrderId } from '../order-id.js';
import { refreshSession } from '../session.js';
import { planBreak } from '../stop/operator-api.js';
import { stepEntries } from '../stop/steps.js';
import { breakForm } from './break-form.js';
import { Healing } from './healing.js';

const ASK_EVERY_MILLIS = 500;
const ASK_FOR_MILLIS = 120_000;
const TICK_MILLIS = 250;

/** Kills parts of the server at a chosen point of an order, and tells what its client hears. */
export class Breaking {
  #region;
  #productNameOf;
  #products;
  #reloadProducts;
  #healing = new Healing(() => this.#renderSteps());
  #running = false;
  #order;
  #told = [];
  #verdict;
  #victims = [];
  #began;
  #awaited;
  #ticking;

  /** `productNameOf` turns a productId into words, `products` gives the products as last loaded, `reloadProducts` loads them anew. */
  constructor(region, productNameOf, products, reloadProducts) {
    this.#region = region;
    this.#productNameOf = productNameOf;
    this.#products = products;
    this.#reloadProducts = reloadProducts;
    region.hidden = false;
  }

  render() {
    if (!this.#region.firstChild) {
      this.#region.append(...this.#skeleton());
    }
    breakForm(this.#part('form'), this.#products(), this.#running, (plan) => this.#run(plan));
    this.#part('heading').textContent = say('break.heading');
    this.#part('lead').textContent = say('break.lead');
    this.#part('told-heading').textContent = say('break.told.heading');
    this.#part('steps-heading').textContent = say('break.steps.heading');
    this.#renderTold();
    this.#renderSteps();
  }

  #skeleton() {
    return [
      element('h2', { id: 'break-heading' }),
      element('p', { id: 'break-lead', className: 'section-lead' }),
      element('form', { id: 'break-form', className: 'experiment-form', noValidate: true }),
      element(
        'div',
        { id: 'break-stage', className: 'stage', hidden: true },
        element('div', { role: 'status' }, element('h3', { id: 'break-verdict', tabIndex: -1 })),
        element('p', { id: 'break-words' }),
        element('p', { id: 'break-clock', className: 'break-clock', role: 'timer', hidden: true }),
        element(
          'div',
          { className: 'stage-sides' },
          element('section', {}, element('h4', { id: 'break-told-heading' }), element('ol', { id: 'break-told', className: 'steps told' })),
          element('section', {}, element('h4', { id: 'break-steps-heading' }), element('ol', { id: 'break-steps', className: 'steps' })),
        ),
      ),
    ];
  }

  #part(name) {
    return document.getElementById(`break-${name}`);
  }

  async #run({ victims, at, productId, quantity }) {
    if (this.#running) {
      return;
    }
    this.#running = true;
    this.#order = { orderId: newOrderId(), productId, quantity, orderName: say('break.orderName') };
    this.#told = [];
    this.#verdict = 'running';
    this.#victims = victims;
    this.#healing.watch(this.#order.orderId);
    this.render();
    this.#part('verdict').focus();
    this.#startClock();
    try {
      const plan = { victims, at, orderId: this.#order.orderId };
      this.#verdict = await this.#breakAndAsk(plan, stockOf(this.#products(), productId));
    } finally {
      this.#running = false;
      this.#healing.end();
      this.render();
      refreshSession(); // It outlives a break, but not its own limits.
    }
  }

  #startClock() {
    clearInterval(this.#ticking);
    this.#began = performance.now();
    this.#ticking = setInterval(() => this.#renderClock(), TICK_MILLIS);
  }

  /** How long it has lasted, and what it waits for; it stops once nothing more is awaited. */
  #renderClock() {
    const awaited = this.#running ? this.#awaited : this.#healing.isAwaited ? 'resolver' : undefined;
    const clock = this.#part('clock');
    clock.hidden = !awaited;
    if (!awaited) {
      clearInterval(this.#ticking);
      return;
    }
    const victims = listed(this.#victims.map((victim) => say(`break.victim.${victim}`)));
    setText(clock, say(`break.awaits.${awaited}`, { seconds: Math.floor((performance.now() - this.#began) / 1000), victims }));
  }

  #await(what) {
    this.#awaited = what;
    this.#renderClock();
  }

  async #breakAndAsk(plan, before) {
    this.#await('plan');
    const planned = await planBreak(plan);
    if (planned.kind !== 'planned') {
      return 'not-planned';
    }
    const begin = performance.now();
    this.#tell(begin, 'sent');
    this.#await('answer');
    const answer = await placeOrder(this.#order);
    this.#tell(begin, TELLABLE.includes(answer.kind) ? `answer.${answer.kind}` : 'answer.other');
    this.#await('outcome');
    const found = await this.#askUntilTold(begin);
    if (!found) {
      return 'still-unknown';
    }
    this.#await('stock');
    await this.#reloadProducts();
    const after = stockOf(this.#products(), this.#order.productId);
    this.#tell(begin, 'stock', { before, after });
    return found;
  }

  async #askUntilTold(begin) {
    let silent;
    while (performance.now() - begin < ASK_FOR_MILLIS) {
      const answer = await askForOrder(this.#order.orderId);
      if (answer.kind !== 'in-doubt') {
        this.#tell(begin, `asked.${answer.kind}`);
        return answer.kind;
      }
      if (!silent) {
        silent = true;
        this.#await('victims');
        this.#tell(begin, 'asked.in-doubt');
      }
      await new Promise((resume) => setTimeout(resume, ASK_EVERY_MILLIS));
    }
    return undefined;
  }

  #tell(begin, what, values = {}) {
    this.#told.push({ seconds: Math.round((performance.now() - begin) / 100) / 10, what, values });
    this.#renderTold();
  }

  #renderTold() {
    if (!this.#order) {
      return;
    }
    this.#part('stage').hidden = false;
    this.#part('stage').dataset.state = STATES[this.#verdict] ?? 'UNKNOWN';
    setText(this.#part('verdict'), say(`break.verdict.${this.#verdict}`));
    this.#part('words').textContent = say(`break.words.${this.#verdict}`, {
      ...this.#order,
      product: this.#productNameOf(this.#order.productId),
    });
    const entries = this.#told.map(({ seconds, what, values }) =>
      element(
        'li',
        { className: what.startsWith('answer') && what !== 'answer.placed' ? 'failed' : 'done' },
        element('span', { className: 'step-words' }, say(`break.told.${what}`, values)),
        element('span', { className: 'step-time' }, say('break.seconds', { seconds })),
      ),
    );
    replaceContent(this.#part('told'), ...entries);
  }

  #renderSteps() {
    if (this.#order) {
      const isOver = ['placed', 'absent'].includes(this.#verdict);
      const transaction = { steps: this.#healing.steps };
      replaceContent(this.#part('steps'), ...stepEntries(transaction, { isOver }));
    }
  }
}

const TELLABLE = ['placed', 'answer-lost', 'not-placed', 'outcome-unknown', 'out-of-stock'];

const STATES = { running: 'ENDING', placed: 'COMMITTED', absent: 'ROLLED_BACK' };

const stockOf = (products, productId) => products.find((product) => product.productId === productId)?.productNums;
