/** What tests put into applications of their own. */
package dev.lockstep.tests.inside;
