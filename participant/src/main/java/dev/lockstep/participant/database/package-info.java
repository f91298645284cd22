/** The questions of the participant to one database: prepared branches, decision rows, coordinators' locks. It knows no rule. */
package dev.lockstep.participant.database;
