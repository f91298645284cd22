/** The order service as its clients see it. It knows nothing of stock. */
package dev.lockstep.order.boundary;
