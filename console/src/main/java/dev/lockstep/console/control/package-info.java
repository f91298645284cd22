/** What the console shows and does: statistics, transactions that have ended, branches in doubt, and a log of what operators did. */
package dev.lockstep.console.control;
