/** What the kill matrix puts beside the participant into Payara's process, in a jar of its own. */
package dev.lockstep.tests.killmatrix.inside;
