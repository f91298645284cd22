/** What the lab sees from a server without a database. */
package dev.lockstep.lab.remote;
