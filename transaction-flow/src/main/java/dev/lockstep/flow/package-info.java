/**
 * WCF's {@code TransactionFlow} and {@code TransactionScope} for Jakarta REST.
 *
 * <ul>
 *   <li>{@link dev.lockstep.flow.TransactionFlow} declares which methods work in their caller's transaction. {@code DeclaredFlow} finds the nearest one.
 *   <li>{@link dev.lockstep.flow.TransactionScope} opens a transaction, joins one, or lets one wait.
 *   <li>A callee's filters stand before each resource method, and a caller's around each call.
 *   <li>{@code FlowExtension} and {@code FlowInitializer} refuse to deploy what cannot flow; {@code FlowFaults} has the rules.
 * </ul>
 *
 * <p>A server may have no other part of Lockstep. {@code FlowHere} tells what is there.
 */
package dev.lockstep.flow;
