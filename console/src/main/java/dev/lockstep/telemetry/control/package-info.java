/** Makes the spans, and tells what each log line should carry. */
package dev.lockstep.telemetry.control;
