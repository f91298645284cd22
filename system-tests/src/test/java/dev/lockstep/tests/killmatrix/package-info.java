/**
 * The kill matrix: real processes are killed, stopped or cut off at every point of the protocol. Then the order or the ticket is looked for.
 *
 * <ul>
 *   <li>K1 — At each {@link dev.lockstep.tests.killmatrix.Point} a listener of the protocol's events shall hold the server. Then each {@link
 *       dev.lockstep.tests.killmatrix.Victim} shall be struck from outside. Nothing in the production code knows of it.
 *   <li>K2 — When the victim is back, the stock taken shall equal the pieces ordered. Each yes shall be there, and each no shall not. Each
 *       unknown shall become one of the two. Nothing shall be prepared, and no row locked.
 *   <li>K3 — Then a next order of the same product shall succeed. The decision shall be forgotten: at once by a coordinator that lives, after
 *       the retention for one that died.
 *   <li>K4 — While a worker is held at a step of a ticket, tickets of other products shall be served. When the victim is back, the ticket shall
 *       become READY by itself, with its stock taken once. Neither the product nor its queue shall be locked.
 * </ul>
 *
 * <p>{@code inside} runs in Payara's process. A SIGKILL cannot show a disk that forgets what it has acknowledged. "Power cut" here means that
 * all processes die at once.
 */
package dev.lockstep.tests.killmatrix;
