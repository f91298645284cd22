/**
 * A ticket, the JSON that the stream tells of it, as a story like a transaction's. It is told once it has ended, by the process that gave
 * it, so nothing of it is open, lost or missing. No DOM here.
 */
export const ticketStory = ({ ticketId, state, began, order, together, steps }) => ({
  globalId: ticketId,
  isTicket: true,
  began: Date.parse(began),
  order,
  subjects: [],
  answer: Number(steps.find(({ kind }) => kind === 'REQUEST').outcome),
  state,
  together,
  isOver: true,
  steps,
  gaps: [],
  end: Math.max(...steps.map(({ to }) => to)),
});

/** When it was given, and nothing was done for it yet. */
export function waitOf({ steps }) {
  const [given, called] = ['GIVE', 'CALL'].map((wanted) => steps.find(({ kind }) => kind === wanted));
  return { from: given.to, to: called.from };
}
