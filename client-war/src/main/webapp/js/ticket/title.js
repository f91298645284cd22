import { say } from '../language.js';

/** How it stands, in a few words. */
export const ticketTitle = (state, ticket) => say(`ticket.title.${isNext(state, ticket) ? 'next' : state}`);

export const isNext = (state, ticket) => state === 'WAITING' && ticket.place === 1;
