/** Lets the doctor examine the shop's two databases at the start, and tells whether the server is ready. */
package dev.lockstep.shop.doctor;
