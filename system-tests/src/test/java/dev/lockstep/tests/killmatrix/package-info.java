/**
 * The kill matrix: real processes, killed, stopped, cut off at every point of the protocol, and what became of the order or the ticket.
 *
 * <ul>
 *   <li>K1 — At each {@link dev.lockstep.tests.killmatrix.Point} the server shall be held by a listener of the protocol's events, and
 *       each {@link dev.lockstep.tests.killmatrix.Victim} shall be struck from outside. Nothing in the production code knows of it.
 *   <li>K2 — When the victim is back, the stock taken shall equal the pieces ordered; each yes shall be there, each no shall not, each
 *       unknown shall become one of the two; nothing shall be prepared and no row locked.
 *   <li>K3 — Then a next order of the same product shall succeed, and the decision be forgotten: at once by a coordinator that lives,
 *       after the retention for one that died.
 *   <li>K4 — When a worker is held at a step of a ticket, tickets of other products shall be served meanwhile; when the victim is back, the
 *       ticket shall become READY by itself, its stock be taken once, and neither the product nor its queue be locked.
 * </ul>
 *
 * <p>{@code inside} is what runs in Payara's process. What a SIGKILL cannot show is a disk that forgets what it has acknowledged:
 * "power cut" here means that all processes die at once.
 */
package dev.lockstep.tests.killmatrix;
