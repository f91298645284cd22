/** The side of the protocol beside the coordinator, which is Payara: the transactions that live here, and the rules P1 to P4. */
package dev.lockstep.participant.transaction;
