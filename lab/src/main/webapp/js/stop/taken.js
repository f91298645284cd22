const ASKED = ['WORK', 'PREPARE', 'COMMIT', 'ROLLBACK'];

/**
 * The steps that a transaction has taken, as the server sends it. A server without a database takes none at one: it asks the servers that have
 * them, of which the first decides.
 */
export function takenSteps({ steps, messages = [] }) {
  const own = steps.filter(({ kind }) => kind !== 'REQUEST');
  const sent = messages.filter(({ sent, kind }) => sent && ASKED.includes(kind));
  return own.length ? own : sent.map((message) => askedStep(message, sent[0].peer));
}

function askedStep({ kind, peer, from, to, outcome, reason }, holder) {
  const commitPoint = peer === holder;
  return {
    kind: kind === 'COMMIT' && commitPoint ? 'DECISION' : kind,
    participant: peer,
    commitPoint,
    from,
    to,
    outcome: kind === 'WORK' && outcome === 'DONE' ? '' : outcome,
    reason,
  };
}
