/**
 * Pages, scripts and stylesheets, as browsers get them. A page's scripts come as one file, and so do its stylesheets; the address of each has its
 * content's hash. So a page never runs with another version's scripts.
 *
 * <p>A WAR's file goes before a library's of the same name, so no build knows which one a page gets. Therefore all is read from the application
 * as it is deployed. The sources stay modules that a browser runs as they are.
 */
package dev.lockstep.web.pages;
