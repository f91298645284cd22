/** How the product service reaches its own database. */
package dev.lockstep.product.control;
