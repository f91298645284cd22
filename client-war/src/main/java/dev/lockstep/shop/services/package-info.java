/** The two services as the shop asks them, wherever they are. */
package dev.lockstep.shop.services;
