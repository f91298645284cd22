/** The tables of the product database. */
package dev.lockstep.product.entity;
