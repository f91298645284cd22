/** Server-sent events: the browsers that listen, their places, and what goes on for them. */
package dev.lockstep.web.stream;
