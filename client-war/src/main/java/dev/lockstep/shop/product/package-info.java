/** The products over HTTP, with their stock. */
package dev.lockstep.shop.product;
