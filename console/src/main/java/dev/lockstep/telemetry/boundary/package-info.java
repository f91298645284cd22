/** Listens to requests and transactions, for logs and traces. */
package dev.lockstep.telemetry.boundary;
