/**
 * Flows between machines: each is a Payara Micro with a name, ports and a peers file of its own. Each way between two of them is a {@link
 * dev.lockstep.tests.flow.Link}. It knows the messages, and can lose, hold or repeat any of them.
 *
 * <ul>
 *   <li>N1 — At each {@link dev.lockstep.tests.flow.FlowPoint} the link shall hold the message, before its delivery or before its answer. Then
 *       each {@link dev.lockstep.tests.flow.FlowVictim} shall be struck. Nothing in the production code knows of it.
 *   <li>N2 — When the last part is back, the stock taken shall equal the pieces ordered. Each yes shall be there, and each no shall not.
 *       Nothing shall be prepared, no session shall stand in a transaction, and no row shall be locked: no flow is left, and no gate waits.
 *   <li>N3 — Then a next order of the same product shall succeed, and the decision shall be forgotten: by the superior's word, or after the
 *       retention.
 *   <li>N4 — In a cell, N2 shall hold at most the holder's patience and two seconds after the last part is back.
 *   <li>N5 — At the end no machine shall remember a flow for longer than twice the signatures' window.
 * </ul>
 *
 * <p>The machines share one address, 127.0.0.1: off loopback the protocol asks for TLS. A link carries whole messages, so what happens to one
 * of them is no matter of chance.
 */
package dev.lockstep.tests.flow;
