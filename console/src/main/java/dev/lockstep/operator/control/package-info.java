/** The rules of the pages' security, apart from HTTP where they can be. */
package dev.lockstep.operator.control;
