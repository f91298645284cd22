/**
 * The databases that the console shows and settles branches in. Each has the table {@code operator_action}; one of them also keeps the
 * operators and their sessions.
 */
package dev.lockstep.databases;
