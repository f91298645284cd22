/** An order as the server told it, to be looked at where there is none. Product -1 is in no shop. */
export const told = {
  globalId: '4871251_/wAAABG7+SFsb2Nrc3RlcCxzZXJ2ZXIsUDEwMA==',
  state: 'COMMITTED',
  began: '2026-11-28T11:46:42.425426933Z',
  millis: 9.03,
  commitPoint: 'product',
  resolved: false,
  settledElsewhere: false,
  order: { orderId: 'b6b16f51-ccd1-4e62-ad7f-9de31171729e', orderName: '', productId: -1, quantity: 2 },
  answer: 201,
  steps: [
    { kind: 'REQUEST', participant: '', branch: '', from: 0, to: 9.03, outcome: '201' },
    { kind: 'WORK', participant: 'product', branch: 'C0', commitPoint: true, from: 1.98, to: 4.25, outcome: '' },
    { kind: 'WORK', participant: 'orders', branch: 'F1', from: 3.67, to: 4.26, outcome: '' },
    { kind: 'PREPARE', participant: 'product', branch: 'C0', commitPoint: true, from: 4.27, to: 4.94, outcome: 'PREPARED' },
    { kind: 'PREPARE', participant: 'orders', branch: 'F1', from: 4.95, to: 5.4, outcome: 'PREPARED' },
    { kind: 'DECISION', participant: 'product', branch: 'C0', commitPoint: true, from: 5.42, to: 5.67, outcome: 'COMMIT' },
    { kind: 'COMMIT', participant: 'orders', branch: 'F1', from: 8.36, to: 8.72, outcome: 'COMMIT' },
  ],
};
