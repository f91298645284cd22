package dev.lockstep.benchmarks.spring;

/**
 * The body of a request.
 *
 * @param productId the product
 * @param quantity pieces
 * @param orderName the customer's name for the order
 */
public record Wish(int productId, int quantity, String orderName) {}
