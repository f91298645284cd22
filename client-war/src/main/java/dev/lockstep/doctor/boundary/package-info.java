/** Examines the configuration at start and tells whether the server is ready. */
package dev.lockstep.doctor.boundary;
