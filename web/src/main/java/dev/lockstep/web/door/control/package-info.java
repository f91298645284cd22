/** What is refused before a servlet is asked, and in which words. */
package dev.lockstep.web.door.control;
