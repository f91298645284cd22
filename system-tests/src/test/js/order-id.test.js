import { newOrderId, orderIdIn } from '/js/order-id.js';
import { equal, holds, test } from './cases.js';

const MANY = 2000;

test('an order id is a random UUID of version 4, as RFC 9562 writes it', () => {
  const wrong = Array.from({ length: MANY }, newOrderId).filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id));
  equal(wrong, []);
});

test('no order id comes twice, and each random digit takes all its values', () => {
  const ids = Array.from({ length: MANY }, newOrderId);
  equal(new Set(ids).size, MANY);
  const seen = [...ids[0]].map((_, i) => new Set(ids.map((id) => id[i])).size);
  const values = [...'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'].map((sign) => ({ x: 16, y: 4 })[sign] ?? 1);
  equal(seen, values);
});

test('an order id needs no randomUUID, which browsers withhold on plain http', () => {
  const real = crypto.randomUUID;
  crypto.randomUUID = undefined;
  try {
    holds(newOrderId().length === 36, 'no id without it');
  } finally {
    crypto.randomUUID = real;
  }
});

test('an order id is found in what was typed or pasted around it, and nowhere else', () => {
  const id = '6f1f3c9e-51b4-4a65-bb0f-6a3f4c1f5f10';
  equal([` ${id}\n`, id.toUpperCase(), id.slice(1), `${id}0`, 'Tea', '', undefined].map(orderIdIn), [id, id, ...Array(5)]);
});
