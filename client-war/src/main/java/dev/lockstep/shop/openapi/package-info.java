/** The description of the shop's API. */
package dev.lockstep.shop.openapi;
