/**
 * The pages as people use them: the real shop, which the launcher starts once, in a real browser.
 *
 * <p>A test gets {@link dev.lockstep.tests.browser.Visitors} and finds things by role and label. If anything goes wrong behind its back, it
 * fails. {@link dev.lockstep.tests.browser.PageScriptsTest} tries the rules of the pages' scripts without the shop.
 */
package dev.lockstep.tests.browser;
