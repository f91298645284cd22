/** What the participant asks of one database: prepared branches, decision rows, coordinators' locks. Knows no rule. */
package dev.lockstep.participant.database;
