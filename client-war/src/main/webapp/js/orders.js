import { element } from './element.js';
import { dateAndTime, say } from './language.js';

/** The orders in the order given; `productNameOf` turns a productId into words. */
export const orderList = (orders, productNameOf) => [
  element('ol', { className: 'order-list' }, ...orders.map((order) => entry(order, productNameOf))),
];

const entry = ({ orderName, productId, quantity, createTime }, productNameOf) =>
  element(
    'li',
    { className: 'placed-order' },
    element('span', { className: 'order-name' }, orderName),
    element(
      'span',
      { className: 'order-content' },
      say('orders.content', { quantity, product: productNameOf(productId) }),
    ),
    element('time', { dateTime: createTime }, dateAndTime(createTime)),
  );
