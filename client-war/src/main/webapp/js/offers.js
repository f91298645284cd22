/** Whether this server gives tickets; an archive without this file has the console's, and gives none. */
export const HAS_TICKETS = true;
