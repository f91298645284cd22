/** What every start has: the order of its ends, preparations at the same time, and what follows when all serve. */
package dev.lockstep.launcher.start;
