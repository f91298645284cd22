import { pageOfOrders } from './api.js';
import { setText } from './element.js';
import { say } from './language.js';
import { orderAddress } from './links.js';
import { orderIdIn } from './order-id.js';
import { orderList, updateOrderList } from './orders.js';
import { Region } from './region.js';
import { currentSession } from './session.js';

const SHOWN = 20;

const byId = (id) => document.getElementById(id);

/** The list of orders: the newest, which are live, or an older page, or what an operator has searched for by name. */
export class OrderPages {
  #region;
  #heading = byId('orders-heading');
  #sought = byId('order-sought');
  #hint = byId('order-search-hint');
  #error = byId('order-search-error');
  #newer = byId('orders-newer');
  #older = byId('orders-older');
  /** Where the pages after the first one are; the last of them is shown. */
  #trail = [];
  #name = '';
  #next;
  #isUnknown = false;

  constructor(productNameOf) {
    this.#region = new Region(
      byId('orders'),
      () => this.#load(),
      (items) => orderList(items, productNameOf),
      { update: (region, items) => updateOrderList(region, items, productNameOf) },
    );
    byId('orders').addEventListener('refreshed', () => this.#renderPager());
    byId('order-search').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#find(this.#sought.value.trim());
    });
    this.#sought.addEventListener('input', () => this.#forgive());
    this.#newer.addEventListener('click', () => this.#go(this.#trail.slice(0, -1)));
    this.#older.addEventListener('click', () => this.#go([...this.#trail, this.#next]));
    document.addEventListener('session', () => this.#renderSearch());
  }

  refresh() {
    this.#region.refresh();
  }

  /** The newest orders, asked for. */
  async poll() {
    const { items } = await pageOfOrders(NEWEST);
    this.accept(items);
  }

  /** The newest orders, which came by another way. */
  accept(newest) {
    if (this.#isNewest) {
      this.#next = nextAfter(newest);
      this.#region.accept(newest);
    }
  }

  /** Shows the same orders once more, since their products are called something else now. */
  renew() {
    this.#region.renew();
  }

  render() {
    this.#renderSearch();
    this.#renderHeading();
    this.#region.render();
    this.#renderPager();
  }

  get #isNewest() {
    return !this.#trail.length && !this.#name;
  }

  async #load() {
    const trail = this.#trail;
    const { items, next } = await pageOfOrders(this.#name ? found(this.#name) : (trail.at(-1) ?? NEWEST));
    if (trail === this.#trail) {
      this.#next = next;
    }
    return items;
  }

  #find(sought) {
    const orderId = orderIdIn(sought);
    if (orderId) {
      location.assign(orderAddress({ orderId }));
      return;
    }
    this.#isUnknown = Boolean(sought) && !currentSession().operator;
    if (!this.#isUnknown) {
      this.#show([], sought);
    }
    this.#renderSearch();
  }

  #forgive() {
    this.#isUnknown = false;
    this.#renderSearch();
    if (!this.#sought.value && this.#name) {
      this.#show([]);
    }
  }

  #show(trail, name = '') {
    this.#trail = trail;
    this.#name = name;
    this.#next = undefined;
    byId('orders').dataset.empty = name ? 'orders.noneNamed' : 'orders.empty';
    this.#renderHeading();
    this.refresh();
  }

  #renderHeading() {
    const { dataset } = this.#heading;
    dataset.text = this.#name ? 'orders.found' : this.#trail.length ? 'orders.older' : 'orders.heading';
    this.#heading.textContent = say(dataset.text);
  }

  #renderSearch() {
    const { operator } = currentSession();
    this.#hint.textContent = say(operator ? 'orders.search.operator' : 'orders.search.hint');
    this.#error.textContent = this.#isUnknown ? say('orders.search.invalid') : '';
    this.#sought.setAttribute('aria-invalid', this.#isUnknown);
  }

  #go(trail) {
    this.#sought.value = '';
    this.#show(trail);
  }

  /** The buttons stay where they are, however often the list changes: who is about to press one does. */
  #renderPager() {
    setText(this.#newer, say(this.#name ? 'orders.toNewest' : 'orders.toNewer'));
    setText(this.#older, say('orders.toOlder'));
    const focused = document.activeElement;
    this.#newer.hidden = this.#isNewest;
    this.#older.hidden = !this.#next;
    if (focused.hidden) {
      [this.#older, this.#newer, byId('orders')].find(({ hidden }) => !hidden).focus();
    }
  }
}

const NEWEST = `api/orders?limit=${SHOWN}`;

const found = (name) => `api/orders?${new URLSearchParams({ limit: SHOWN, name })}`;

/** Of a full page nobody knows whether it is the last one. */
const nextAfter = (orders) => (orders.length < SHOWN ? undefined : `api/orders?limit=${SHOWN}&before=${orders.at(-1).orderId}`);
