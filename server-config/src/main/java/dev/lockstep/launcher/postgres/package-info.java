/** Embedded PostgreSQL servers and the tables of every database. */
package dev.lockstep.launcher.postgres;
