/** The transactions of this instance, to be watched by browsers. */
package dev.lockstep.watch.boundary;
