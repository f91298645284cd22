/** Whether this server gives tickets. An application that does has a file of this name in the place of this one. */
export const HAS_TICKETS = false;
