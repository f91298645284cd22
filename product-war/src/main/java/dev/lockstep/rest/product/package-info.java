/** The product service alone on its server, with a REST face: {@link dev.lockstep.rest.product.Stock} is the contract for both sides. */
package dev.lockstep.rest.product;
