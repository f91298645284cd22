/** What a benchmark puts in the place of the application's classes of the same package. */
package dev.lockstep.journal;
