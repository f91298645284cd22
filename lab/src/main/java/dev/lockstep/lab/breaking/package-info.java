/**
 * Break it: an operator of a server that the launcher started in demo mode kills parts of it at a chosen point of an order.
 *
 * <ul>
 *   <li>D1 — Without demo mode there shall be nothing here: every request is answered as for an unknown resource.
 *   <li>D2 — In demo mode only an operator may plan a break, and only for one order at a time.
 *   <li>D3 — What is killed shall be killed really, by SIGKILL; healing is left to the launcher and the resolver.
 * </ul>
 */
package dev.lockstep.lab.breaking;
