/**
 * Who may do what on the pages, and from where.
 *
 * <ul>
 *   <li>S1 — Anybody may browse and order. What changes more is for the role {@code operator}.
 *   <li>S2 — When a browser sends a write that another site caused, it shall be refused.
 *   <li>S3 — When a write comes with an operator's session, it shall carry that session's token.
 *   <li>S4 — When passwords are guessed, the guesses shall be counted for address and name, and refused in time.
 *   <li>S5 — Every answer shall tell browsers to load, frame and sniff nothing that is not ours.
 * </ul>
 */
package dev.lockstep.operator.boundary;
