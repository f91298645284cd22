import { askForOrder, askForTicket } from '../api.js';
import { replaceContent } from '../element.js';
import { say, translatePage } from '../language.js';
import { ticketAddress } from '../links.js';
import { renderMasthead } from '../masthead.js';
import { orderIdIn } from '../order-id.js';
import { PAGES } from '../pages.js';
import { ProductNames } from '../product-names.js';
import '../strings/journal.js';
import '../strings/shop.js';
import { renderOrder } from './view.js';

const orderId = orderIdIn(new URLSearchParams(location.search).get('id'));
const names = new ProductNames(renderState);
/** What the API's answer is called, or 'asking' before it, 'malformed' without an id to ask for. */
let state = 'asking';
let order;

/** Asks until it is certain, as often as the server wishes. */
async function ask() {
  const { kind, waitSeconds, ticket, order: found } = await answer();
  if (kind === 'ticket-given') {
    location.replace(ticketAddress(ticket));
    return;
  }
  become(kind, found);
  if (kind === 'in-doubt') {
    setTimeout(ask, waitSeconds * 1000);
  }
}

/** A ticket that has not become an order has the id that its order will have. */
async function answer() {
  const placed = await askForOrder(orderId);
  return placed.kind === 'absent' ? askForTicket(orderId) : placed;
}

function become(newState, newOrder) {
  const isNews = newState !== state;
  state = newState;
  order = newOrder;
  renderState();
  if (isNews) {
    replaceContent(document.getElementById('announcement'), say(`orderPage.title.${state}`));
  }
}

function renderState() {
  renderOrder(state, { orderId, ...order }, names.of);
}

function render() {
  translatePage();
  renderMasthead(PAGES, render);
  renderState();
}

render();
if (orderId) {
  ask();
} else {
  become('malformed');
}
