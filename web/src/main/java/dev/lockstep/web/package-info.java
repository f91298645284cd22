/** A JSON API over HTTP, whatever it serves: requests, answers and problems. It registers nothing by itself. */
package dev.lockstep.web;
