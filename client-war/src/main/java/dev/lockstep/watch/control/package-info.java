/** What this instance's transactions do, as the participants tell it: recorded, counted, and sent to whoever watches. */
package dev.lockstep.watch.control;
