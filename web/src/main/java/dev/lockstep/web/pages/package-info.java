/**
 * Pages, scripts and stylesheets, as browsers get them. A page's scripts come as one file, and so do its stylesheets; the address of each has its
 * content's hash. So a page never runs with another version's scripts. All is read from the application as it is deployed, since a WAR's file goes
 * before a library's of the same name: no earlier build knows which one a page gets. The sources stay modules that a browser runs as they are.
 */
package dev.lockstep.web.pages;
