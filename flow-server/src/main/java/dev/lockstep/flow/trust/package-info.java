/** Who the peers are, their keys, and what a signature is worth. */
package dev.lockstep.flow.trust;
