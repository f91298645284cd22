/** Reads the configuration, and judges it. */
package dev.lockstep.doctor.control;
