/** An application that cannot be deployed: each of its classes declares a flow that it cannot carry. */
package dev.lockstep.tests.flow.refused;
