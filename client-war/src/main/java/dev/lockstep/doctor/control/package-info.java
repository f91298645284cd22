/** What is looked at in the configuration, and what is made of it. */
package dev.lockstep.doctor.control;
