import { copyable } from '../copy.js';
import { setText } from '../element.js';
import { renderFacts } from '../facts.js';
import { dateAndTime, isolated, say } from '../language.js';
import { pictureAddress } from '../links.js';

const byId = (id) => document.getElementById(id);

/** Shows an order, or what is known of it until now: its id, if it has one. */
export function renderOrder(state, order, productNameOf) {
  const title = say(`orderPage.title.${state}`);
  document.title = say('ticket.tab.none', { title });
  setText(byId('title'), title);
  setText(byId('words'), say(`orderPage.words.${state}`));
  byId('order').hidden = !order.orderId;
  byId('order').dataset.state = state;
  byId('picture').hidden = state !== 'placed' && state !== 'in-doubt';
  byId('picture').href = pictureAddress(order);
  setText(byId('picture'), say(state === 'placed' ? 'order.picture' : 'orderPage.picture'));
  renderFacts(byId('facts'), facts(order, productNameOf));
}

function facts({ orderId, orderName, productId, quantity, createTime }, productNameOf) {
  const number = orderId ? [['order.number', orderId, copyable]] : [];
  return createTime
    ? [
        ['ticket.content', say('orders.content', { quantity, product: productNameOf(productId) })],
        ['orderName.label', isolated(orderName)],
        ['ticket.placedAt', dateAndTime(createTime, 'medium')],
        ...number,
      ]
    : number;
}
