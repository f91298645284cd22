/** How the order service reaches its own database, and what it reads from its answers. */
package dev.lockstep.order.control;
