/** The protocol between the servers of a flow: its messages, their JSON, the listener with threads of its own, and the client. */
package dev.lockstep.flow.wire;
