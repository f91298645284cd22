/** This instance's transactions as the participants tell of them: recorded, counted, and sent to all who watch. */
package dev.lockstep.watch.control;
