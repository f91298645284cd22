/**
 * An order, from its request to its answer. {@code OrdersServlet} takes it, {@code OrderRequest} reads it, {@code Placement} calls both services in
 * one {@code TransactionScope}, and {@code Problems} tells what went wrong.
 */
package dev.lockstep.shop.order;
