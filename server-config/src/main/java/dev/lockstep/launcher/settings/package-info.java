/** The settings of a server, read from the environment and checked before anything starts. */
package dev.lockstep.launcher.settings;
