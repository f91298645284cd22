/** The shop as it is now, for browsers. */
package dev.lockstep.live.boundary;
