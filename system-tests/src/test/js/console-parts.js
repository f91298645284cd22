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

/** A flow that began here, and of which nobody is waited for, but for what is given. */
export const openFlow = (flow, changes) => ({
  flow,
  handle: '',
  globalId: `4871251_${flow}`,
  superior: '',
  subordinates: [],
  state: 'WORKING',
  stateMillis: 1,
  began: '2026-01-01T10:00:00Z',
  ageMillis: 1,
  part: 'NONE',
  commitPoint: '',
  decision: '',
  waits: [],
  ...changes,
});

/** A peer that answers, but for what is given. */
export const peer = (name, changes) => ({ name, reachable: true, reason: '', ...changes });
