/** The product service as its clients see it. It knows nothing of orders. */
package dev.lockstep.product.boundary;
