/** Where requests and transactions are overheard for logs and traces. */
package dev.lockstep.telemetry.boundary;
