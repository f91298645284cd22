/** What runs in the machines: callers without a line about the protocol, and a resource that calls on. */
package dev.lockstep.tests.flow.inside;
