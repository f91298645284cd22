/**
 * The small application of {@code -Dcompare=everybody}: the two services' jars as they are delivered, and one servlet. Every application server runs it,
 * and so does Payara with its own log. Lockstep's own candidates run the shop.
 */
package dev.lockstep.benchmarks.plain;
