/** A coordinator's side of the protocol: its name, its living transactions, and the rules P1 to P4. */
package dev.lockstep.participant.coordinator;
