import { element } from '../element.js';
import { say } from '../language.js';
import { HAS_DATABASES } from '../offers.js';

/** The two rows as another reader sees them; `before` is the reading while the order was held, if it is over now. */
export const readerCards = ({ order, reader, state }, productName, before) => [
  card(
    say('stop.reader.product', { product: productName }),
    stock(reader.stock, before?.stock),
    lockWords(reader.productLock),
    before && changed(reader.stock !== before.stock),
  ),
  card(
    say('stop.reader.order', { orderName: order.orderName }),
    [element('span', { className: 'value' }, say(`stop.reader.${reader.isOrderThere ? 'there' : 'absent'}`))],
    lockWords(reader.orderLock),
    before && changed(reader.isOrderThere),
  ),
  element('p', { className: 'hint' }, say(state === 'HELD' ? 'stop.reader.plain' : 'stop.reader.after')),
];

function card(title, values, lock, change) {
  return element(
    'div',
    { className: 'row-card' },
    element('h5', {}, title),
    element('p', { className: 'values' }, ...values, ...(change ? [change] : [])),
    lock,
  );
}

function stock(now, before) {
  const value = element('span', { className: 'value' }, say('products.inStock', { count: now ?? 0 }));
  if (before === undefined || before === now) {
    return [value];
  }
  return [element('s', { className: 'value old' }, say('stop.reader.old', { count: before })), value];
}

const changed = (isChanged) =>
  element('span', { className: isChanged ? 'change changed' : 'change' }, say(isChanged ? 'stop.reader.changed' : 'stop.reader.unchanged'));

function lockWords(lock) {
  if (!lock) {
    return element('p', { className: 'lock' }, say(HAS_DATABASES ? 'stop.lock.none' : 'stop.lock.unknown'));
  }
  const { xid, pid, application, gid } = lock;
  const holder = gid
    ? [say('stop.lock.prepared', { xid }), ' ', element('code', {}, gid)]
    : [say('stop.lock.process', { xid, pid: String(pid), application: application ?? '' })];
  return element('p', { className: 'lock locked' }, ...holder);
}
