/** What this server offers. Without the databases it offers neither, so that archive has the console's file of this name. */

/** Whether it gives tickets: they wait in the orders database. */
export const HAS_TICKETS = true;

/** Whether it has the databases: then it sees what is prepared and locked there. */
export const HAS_DATABASES = true;
