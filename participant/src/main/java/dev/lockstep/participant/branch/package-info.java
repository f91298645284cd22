/** The names of the protocol: how a prepared branch is called in PostgreSQL, and what its name tells. */
package dev.lockstep.participant.branch;
