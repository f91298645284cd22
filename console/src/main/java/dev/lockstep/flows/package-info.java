/**
 * What is seen of flows between servers. The module flow-server may be missing: {@link dev.lockstep.flows.FlowServerAccess} alone knows it,
 * and {@link dev.lockstep.flows.Flows} alone knows whether it is there.
 */
package dev.lockstep.flows;
