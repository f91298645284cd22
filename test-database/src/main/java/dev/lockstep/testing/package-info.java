/** What tests of plain SQL need, and nothing of an application server: a real database, and transactions of it. */
package dev.lockstep.testing;
