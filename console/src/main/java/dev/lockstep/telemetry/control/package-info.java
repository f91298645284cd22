/** What each log line should carry, and the spans. */
package dev.lockstep.telemetry.control;
