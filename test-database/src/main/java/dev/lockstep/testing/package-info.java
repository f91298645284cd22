/** What tests need of a database without an application server: a real one, transactions of it, and a network to it that fails. */
package dev.lockstep.testing;
