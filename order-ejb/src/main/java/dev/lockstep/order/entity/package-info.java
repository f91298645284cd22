/** The tables of the orders database. */
package dev.lockstep.order.entity;
