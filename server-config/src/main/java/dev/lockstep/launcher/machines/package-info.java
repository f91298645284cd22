/**
 * Servers on this computer that call each other, as a plan's file lists them. Each has a name, an archive, a database or none, and two ports. One
 * launcher makes, starts and supervises them, their databases, and the keys between them.
 */
package dev.lockstep.launcher.machines;
