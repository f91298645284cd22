/**
 * The protocol between servers: messages and replies as JSON over HTTP, a listener with threads of its own, and the client.
 *
 * <p>What another implementation needs is in {@code docs/flow-protocol.md}: each header, field, limit and status.
 */
package dev.lockstep.flow.wire;
