/**
 * Who the peers are, their keys, and what a signature is worth.
 *
 * <ul>
 *   <li>{@link dev.lockstep.flow.trust.Peers} reads the peers file, and reads it again when it changes.
 *   <li>{@link dev.lockstep.flow.trust.Signatures} signs and verifies requests and answers.
 *   <li>{@link dev.lockstep.flow.trust.FlowKey} makes keys and changes them.
 * </ul>
 *
 * <p>Addresses come from the peers file alone; messages carry names. The page {@code docs/flow-protocol.md} tells all of it.
 */
package dev.lockstep.flow.trust;
