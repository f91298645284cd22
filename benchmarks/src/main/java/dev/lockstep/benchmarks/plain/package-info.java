/**
 * The small application that every application server of {@code -Dcompare=everybody} runs, Payara with its own log included: the two services'
 * jars as they are delivered, and one servlet. Lockstep's own candidates run the shop.
 */
package dev.lockstep.benchmarks.plain;
