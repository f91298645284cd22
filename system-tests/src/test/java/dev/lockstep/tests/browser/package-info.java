/**
 * The pages as people use them: the real shop, started once by the launcher, in a real browser. A test gets {@link
 * dev.lockstep.tests.browser.Visitors} and finds things by role and label; nothing may go wrong behind its back.
 * The rules of the pages' scripts are tried without the shop, by {@link dev.lockstep.tests.browser.PageScriptsTest}.
 */
package dev.lockstep.tests.browser;
