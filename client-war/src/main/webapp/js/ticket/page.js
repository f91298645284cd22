import { askForTicket, listProducts } from '../api.js';
import { say, translatePage } from '../language.js';
import { LiveLine } from '../live-line.js';
import { LiveStream } from '../live-stream.js';
import { renderMasthead } from '../masthead.js';
import { productName } from '../products.js';
import { Announcer } from './announcer.js';
import { renderTicket } from './view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ENDS = ['READY', 'SOLD_OUT', 'absent', 'malformed'];

const byId = (id) => document.getElementById(id);
const productNameOf = (productId) => productName(products, productId);

const ticketId = new URLSearchParams(location.search).get('id')?.trim().toLowerCase();
const announcer = new Announcer(byId('announcement'));
const liveLine = new LiveLine(byId('live'), byId('live-announcement'));
const stream = new LiveStream(`api/tickets/${ticketId}/events`, {
  event: 'ticket',
  received: (ticket) => become(ticket.state, ticket),
  poll,
  changed: renderLive,
  pollsUnseen: true, // who waits does something else meanwhile, and looks at the tab's title
});
let products = [];
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
  renderTicket(state, ticket, productNameOf);
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

function renderLive() {
  byId('live').hidden = ENDS.includes(state);
  liveLine.show(stream.state, []);
}

function render() {
  translatePage();
  renderMasthead(render);
  renderTicket(state, ticket, productNameOf);
  renderLive();
}

async function begin() {
  render();
  if (!UUID.test(ticketId)) {
    become('malformed');
    return;
  }
  await poll();
  if (!ENDS.includes(state)) {
    stream.start();
  }
}

begin();
listProducts().then((loaded) => {
  products = loaded;
  renderTicket(state, ticket, productNameOf);
}, () => undefined); // Without names products have numbers.
