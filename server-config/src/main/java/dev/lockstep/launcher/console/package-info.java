/** What the launcher tells the person at the console. */
package dev.lockstep.launcher.console;
