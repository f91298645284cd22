/** The two services in the shop's own server, with its own databases. */
package dev.lockstep.shop.services.local;
