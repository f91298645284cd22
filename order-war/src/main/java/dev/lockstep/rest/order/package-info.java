/** The order service alone on its server, with a REST face: {@link dev.lockstep.rest.order.Orders} is the contract for both sides. */
package dev.lockstep.rest.order;
