/** What the servlets work with: the transaction scope, requests, answers and problems. */
package dev.lockstep.client.control;
