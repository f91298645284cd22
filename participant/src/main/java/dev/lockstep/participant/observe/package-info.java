/**
 * What an application or a test may see of the participant, and all that it may import of it: the events of the protocol, the branches
 * in doubt, and two things to do about them: to veto a vote ({@link dev.lockstep.participant.observe.Veto}), and to settle a branch by
 * hand ({@link dev.lockstep.participant.observe.InDoubt#settle}). Nothing else here changes anything. An application may say what its
 * transaction is about ({@link dev.lockstep.participant.observe.Transactions#about}). The package imports no other one of the participant;
 * those register here what they have to tell.
 */
package dev.lockstep.participant.observe;
