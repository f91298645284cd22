/**
 * Break it: an operator kills parts of the server at a chosen point of an order, if the launcher started it in demo mode.
 *
 * <ul>
 *   <li>D1 — Without demo mode every request shall be answered as for an unknown resource.
 *   <li>D2 — In demo mode only an operator may plan a break, and only for one order at a time.
 *   <li>D3 — A victim shall be killed really, by SIGKILL. Healing is left to the launcher and the resolver.
 * </ul>
 */
package dev.lockstep.lab.breaking;
