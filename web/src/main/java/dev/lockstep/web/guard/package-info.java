/**
 * What stands before every request or answer of an application that maps it, in its {@code web.xml}. None of it is mapped by an annotation: a
 * library must not guard somebody else's application unasked.
 */
package dev.lockstep.web.guard;
