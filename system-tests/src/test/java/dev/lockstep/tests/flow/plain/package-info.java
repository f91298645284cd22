/** An application with scopes on a Payara that has nothing else of Lockstep. */
package dev.lockstep.tests.flow.plain;
