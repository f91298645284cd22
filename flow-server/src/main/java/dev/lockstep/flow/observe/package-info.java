/**
 * All that an application or a test may import of this module: the flows of this server, their messages, and its peers.
 *
 * <p>{@link dev.lockstep.flow.observe.ServerFlows} is the door. Nothing here changes a flow. This package imports no other package of the
 * module. The others register here what they have to tell.
 */
package dev.lockstep.flow.observe;
