package dev.lockstep.flow.trust;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.CLASS;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Allows the standard streams, which belong to a command-line program and to nothing else here. */
@Retention(CLASS)
@Target(METHOD)
@interface WritesToConsole {}
