/** Examines the databases that take part in transactions: what would break a promise is found at the start, and while it runs. */
package dev.lockstep.doctor;
