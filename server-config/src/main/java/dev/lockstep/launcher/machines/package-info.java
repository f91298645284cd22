/**
 * Servers on this computer that call each other, as a plan's file lists them. Each has a name, an archive, a database or none, and two ports. All
 * of them, their databases and the keys between them are made, started and supervised by one launcher.
 */
package dev.lockstep.launcher.machines;
