import { askForTicket } from '../api.js';
import { translatePage } from '../language.js';
import { LiveLine } from '../live-line.js';
import { LiveStream } from '../live-stream.js';
import { renderMasthead } from '../masthead.js';
import { orderIdIn } from '../order-id.js';
import { PAGES } from '../pages.js';
import { ProductNames } from '../product-names.js';
import '../strings/journal.js';
import '../strings/shop.js';
import { Announcer } from './announcer.js';
import { renderTicket } from './view.js';

const ENDS = ['READY', 'SOLD_OUT', 'absent', 'malformed'];

const byId = (id) => document.getElementById(id);

const ticketId = orderIdIn(new URLSearchParams(location.search).get('id'));
const names = new ProductNames(renderState);
const announcer = new Announcer(byId('announcement'));
const liveLine = new LiveLine(byId('live'), byId('live-announcement'));
const stream = new LiveStream(`api/tickets/${ticketId}/events`, {
  event: 'ticket',
  received: (ticket) => become(ticket.state, ticket),
  poll,
  changed: renderLive,
  pollsUnseen: true, // who waits does something else meanwhile, and looks at the tab's title
});
/** The ticket's state, or 'asking', 'absent', 'malformed' without one. */
let state = 'asking';
let ticket;

function become(newState, newTicket) {
  if (ENDS.includes(state)) {
    return; // An answer that was on its way meanwhile is older.
  }
  state = newState;
  ticket = newTicket;
  if (ENDS.includes(state)) {
    stream.stop();
  }
  renderState();
  renderLive();
  announcer.tell(state, ticket);
}

async function poll() {
  const answer = await askForTicket(ticketId);
  if (answer.kind === 'ticket-given') {
    become(answer.ticket.state, answer.ticket);
  } else if (answer.kind === 'absent') {
    become('absent');
  }
  return answer.kind !== 'in-doubt';
}

function renderState() {
  renderTicket(state, ticket, names.of);
}

function renderLive() {
  byId('live').hidden = ENDS.includes(state);
  liveLine.show(stream.state, []);
}

function render() {
  translatePage();
  renderMasthead(PAGES, render);
  renderState();
  renderLive();
}

async function begin() {
  render();
  if (!ticketId) {
    become('malformed');
    return;
  }
  await poll();
  if (!ENDS.includes(state)) {
    stream.start();
  }
}

begin();
