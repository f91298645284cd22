/**
 * The textbook's second lesson: a student is enrolled for an exam. Two services on two servers write a row each, or none does.
 *
 * <p>Here are the contracts. Below is what each server has: {@code exam} and {@code basic} a database, {@code client} a page and the scope.
 */
package dev.lockstep.examples.enrolment;
