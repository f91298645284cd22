/** Payara Micro as the launcher sees it. */
package dev.lockstep.launcher.payara;
