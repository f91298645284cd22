/** Breaks a running demonstration on purpose, with real signals to real processes. */
package dev.lockstep.demo.control;
