/**
 * What this server offers beside its transactions: nothing. An application that offers more has a file of this name in the place of this one.
 */

/** Whether it gives tickets. */
export const HAS_TICKETS = false;

/** Whether the databases of what it offers are its own: then it sees what is prepared and locked there. */
export const HAS_DATABASES = false;
