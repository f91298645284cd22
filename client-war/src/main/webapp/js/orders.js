import { element } from './element.js';
import { keyed, reconcile, renew } from './in-place.js';
import { dateAndTime, say } from './language.js';
import { orderAddress } from './links.js';

/** The orders in the order given; `productNameOf` turns a productId into words. */
export const orderList = (orders, productNameOf) => [
  element(
    'ol',
    { className: 'order-list' },
    orders.map((order) => entry(order, productNameOf)),
  ),
];

/** Brings the list up to date where it stands; new orders come in at the top. */
export function updateOrderList(region, orders, productNameOf) {
  reconcile(region.querySelector('.order-list'), orders, {
    keyOf: ({ orderId }) => orderId,
    make: (order) => entry(order, productNameOf),
    update: (known, order) => renew(known.querySelector('.order-content'), content(order, productNameOf)),
  });
}

function entry(order, productNameOf) {
  const { orderId, orderName, createTime } = order;
  const placed = element(
    'li',
    { className: 'placed-order' },
    element('a', { className: 'order-name', id: `order-${orderId}`, href: orderAddress(order) }, orderName),
    element('span', { className: 'order-content' }, content(order, productNameOf)),
    element('time', { dateTime: createTime }, dateAndTime(createTime)),
  );
  return keyed(placed, orderId);
}

const content = ({ quantity, productId }, productNameOf) => say('orders.content', { quantity, product: productNameOf(productId) });
