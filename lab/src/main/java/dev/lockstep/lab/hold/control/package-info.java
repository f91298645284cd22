/** Orders that are held in the middle of their transaction, to be looked at. */
package dev.lockstep.lab.hold.control;
