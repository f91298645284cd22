/** Keeps programs running and stops them in order. */
package dev.lockstep.launcher.process;
