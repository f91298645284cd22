/** The shop as it is now, for browsers. */
package dev.lockstep.shop.live.boundary;
