/** The shop as it is now, and the sum that must never change. Both are read while somebody looks, and sent to all who do. */
package dev.lockstep.shop.live.control;
