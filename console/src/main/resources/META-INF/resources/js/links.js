/**
 * What the console shows of an application that it knows nothing about: no links to pages of what a transaction is about. An application that
 * has such pages has a file of this name in the place of this one.
 */

/** Databases that each transaction has to do with, from top to bottom in the picture; others stand below them. */
export const DATABASES = [];

/** The address of an order's own page; undefined where there is none. */
export const orderAddress = () => undefined;

/** The address of a ticket's own page; undefined where there is none. */
export const ticketAddress = () => undefined;
