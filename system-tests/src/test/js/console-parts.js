import { holds } from './cases.js';

/** Lets what was promised happen until it is so. */
export async function until(isSo) {
  for (let turn = 0; turn < 100 && !isSo(); turn++) {
    await new Promise((resume) => setTimeout(resume));
  }
  holds(isSo(), `It never was so: ${isSo}`);
}

/** A branch of a transaction that nobody has decided. */
export const branch = (gid, ageMillis) => ({
  gid,
  ageMillis,
  globalId: 'g',
  participant: 'orders',
  branch: 'F1',
  commitPoint: 'product',
  coordinator: 'lockstep',
  coordinatorAlive: false,
  coordinatorHere: false,
  evidence: 'OPEN',
  because: 'the commit point is prepared',
  permitted: [],
});

/** A ticket that an operator must decide about. */
export const FAILURE = { ticketId: 't', ticketNumber: 1234, productId: 7, quantity: 2, orderName: 'Breakfast', attempts: 5, reason: 'ERROR: no' };
