/** What this instance's transactions do, as the participants tell it: written down, for whoever watches. */
package dev.lockstep.journal;
