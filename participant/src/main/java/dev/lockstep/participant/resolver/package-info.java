/** Settles what a crash left in doubt, and forgets decisions: the rules R1 to R3. Knows nothing but the databases. */
package dev.lockstep.participant.resolver;
