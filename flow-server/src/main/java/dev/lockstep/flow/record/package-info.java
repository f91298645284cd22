/** What this server records of flows for who looks at them, and how it asks its peers for what they have recorded. */
package dev.lockstep.flow.record;
