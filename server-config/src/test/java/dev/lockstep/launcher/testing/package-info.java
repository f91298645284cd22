/** What other modules' tests and measurements need of a server. */
package dev.lockstep.launcher.testing;
