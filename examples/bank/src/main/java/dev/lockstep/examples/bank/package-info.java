/**
 * The textbook's transfer between two banks. Money leaves an account on one server and reaches an account on another, or nothing happens. Here are the
 * contracts. Below is what each server has: {@code service} and {@code clearing} a database, {@code client} a page and the scope.
 */
package dev.lockstep.examples.bank;
