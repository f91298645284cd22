/** The launcher: one command that starts a whole server and stops it again. */
package dev.lockstep.launcher;
