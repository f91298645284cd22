/**
 * Makes room, when a person asks for it: old orders and ended tickets go to narrower tables, and into files.
 *
 * <ul>
 *   <li>A1 — An archived order or ticket shall be found by its id, and its id shall stay taken.
 *   <li>A2 — Each row shall be in one of two tables at any moment, and the sums of pieces shall stay the same.
 *   <li>A3 — What waits, and what is in doubt in either database, shall stay where it is.
 *   <li>A4 — A row that leaves a database shall be in a file on the disk before.
 * </ul>
 */
package dev.lockstep.launcher.archive;
