package dev.lockstep.tests;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** Lets the tests within the application share one server: Arquillian starts one for each engine, and a fork has an engine for each class. */
@Suite
@SelectClasses({TwoPhaseCommitIT.class, WcfCorrespondenceIT.class})
class InTheContainerIT {}
