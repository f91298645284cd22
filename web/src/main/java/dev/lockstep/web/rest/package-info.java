/** What a service with a Jakarta REST face needs of {@link dev.lockstep.web}: its problems, and the refusal of other sites. An application lists it. */
package dev.lockstep.web.rest;
