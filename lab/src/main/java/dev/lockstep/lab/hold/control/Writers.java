package dev.lockstep.lab.hold.control;

/**
 * The numbers under which the databases know a transaction's work.
 *
 * @param productXid in the product database
 * @param ordersXid in the orders database
 */
public record Writers(String productXid, String ordersXid) {}
