/**
 * What an application or a test may see of the participant, and all that it may import of it: the events of the protocol and the
 * branches in doubt. Nothing here changes anything.
 */
package dev.lockstep.participant.observe;
