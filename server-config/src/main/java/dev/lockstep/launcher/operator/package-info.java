/** The operator's account: made at the first start, its password shown once. */
package dev.lockstep.launcher.operator;
