/** The JSON API: servlets that open the transaction and call the services. */
package dev.lockstep.client.boundary;
