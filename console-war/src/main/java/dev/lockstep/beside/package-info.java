/** The console in an archive of its own, beside applications that do not know it: reads its settings at the start, and makes its tables. */
package dev.lockstep.beside;
