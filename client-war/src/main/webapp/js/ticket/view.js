import { copyable } from '../copy.js';
import { setText } from '../element.js';
import { renderFacts } from '../facts.js';
import { renew } from '../in-place.js';
import { dateAndTime, isolated, say } from '../language.js';
import { orderAddress, pictureAddress } from '../links.js';
import { roughly } from './estimate.js';
import { reasonInWords } from './reason.js';
import { ticketTitle } from './title.js';

const byId = (id) => document.getElementById(id);

/** Shows a ticket, or why there is none. */
export function renderTicket(state, ticket, productNameOf) {
  const title = ticketTitle(state, ticket);
  const number = ticket?.ticketNumber;
  document.title = ticket
    ? say(state === 'WAITING' ? 'ticket.tab.waiting' : 'ticket.tab', { title, number, place: ticket.place })
    : say('ticket.tab.none', { title });
  setText(byId('title'), title);
  setText(byId('words'), say(`ticket.words.${state}`, state === 'SOLD_OUT' ? { reason: reasonInWords(ticket, productNameOf) } : {}));
  byId('ticket').hidden = !ticket;
  byId('ticket').dataset.state = state;
  if (ticket) {
    setText(byId('number'), say('ticket.count', { count: number }));
    renderQueue(ticket);
    renderContent(ticket, productNameOf);
  }
}

function renderQueue({ state, called, place, estimateSeconds }) {
  byId('queue').hidden = state !== 'WAITING';
  if (state === 'WAITING') {
    renew(byId('called'), called ? say('ticket.count', { count: called }) : say('ticket.called.none'));
    renew(byId('place'), say('ticket.count', { count: place }));
    setText(byId('estimate'), roughly(estimateSeconds));
  }
}

function renderContent({ ticketId, productId, quantity, orderName, givenAt, order }, productNameOf) {
  renderFacts(byId('facts'), [
    ['ticket.content', say('orders.content', { quantity, product: productNameOf(productId) })],
    ['orderName.label', isolated(orderName)],
    ['ticket.givenAt', dateAndTime(givenAt, 'medium')],
    ...(order ? [['ticket.placedAt', dateAndTime(order.createTime, 'medium')]] : []),
    [order ? 'order.number' : 'ticket.id', ticketId, copyable],
  ]);
  byId('ticket-order').hidden = !order;
  byId('ticket-order').href = orderAddress({ orderId: ticketId });
  byId('ticket-picture').href = pictureAddress({ orderId: ticketId });
}
