/** What the calling machine of {@code -Dcompare=flow} serves: a servlet without a database. */
package dev.lockstep.benchmarks.caller;
