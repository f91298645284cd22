/** The shop on a server without a database: it asks the two services by HTTP, and its orders' transactions flow to them. */
package dev.lockstep.shop.remote;
