/** What tests of several modules use to put a participant under stress. */
package dev.lockstep.participant.testing;
