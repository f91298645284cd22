/** The rules by which a request is refused before a servlet is asked, and the words of the refusal. */
package dev.lockstep.web.door.control;
