/**
 * This server's part in flows: the heart of the module.
 *
 * <ul>
 *   <li>A {@code Flow} is one transaction of this server. It began here, or it is a {@code SubordinateFlow}.
 *   <li>The {@code Gate} is a subordinate's first resource. JTS asks it to prepare first. It prepares everything, votes, and waits there
 *       for the decision. The {@code Ballot} is what messages tell it.
 *   <li>A {@code Remote} is a server that was called, as an XA resource of the caller's transaction.
 *   <li>The {@code FlowInbox} answers messages. It waits for nobody; a flow's own worker does.
 * </ul>
 *
 * <p>{@link dev.lockstep.flow.registry.ThisNode} puts the parts together. The rules F1 to F10: {@code docs/flow-protocol.md}.
 */
package dev.lockstep.flow.registry;
