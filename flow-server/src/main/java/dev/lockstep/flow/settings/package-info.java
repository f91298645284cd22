/** Times and limits of the flows. */
package dev.lockstep.flow.settings;
