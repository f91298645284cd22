/** A database for tests without an application server: a real one, a standby of it, transactions, and a network that fails. */
package dev.lockstep.testing;
