/**
 * All that an application or a test may import of the participant: the events of the protocol, and the branches in doubt.
 *
 * <p>An application may say what its transaction is about ({@link dev.lockstep.participant.observe.Transactions#about}).
 *
 * <p>Two things here change something. A listener may veto a vote ({@link dev.lockstep.participant.observe.Veto}). An operator may settle a
 * branch by hand ({@link dev.lockstep.participant.observe.InDoubt#settle}). This package imports no other package of the participant. The
 * others register here what they have to tell.
 */
package dev.lockstep.participant.observe;
