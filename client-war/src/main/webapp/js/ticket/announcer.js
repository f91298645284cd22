import { replaceContent } from '../element.js';
import { say } from '../language.js';
import { isNext, ticketTitle } from './title.js';

/** A place that changes often is told only so often. */
const PLACE_MILLIS = 15_000;

/** Says aloud what becomes of a ticket: each new title at once, the place in the queue now and then. */
export class Announcer {
  #region;
  #title;
  #saidAt = -Infinity;

  constructor(region) {
    this.#region = region;
  }

  tell(state, ticket) {
    const title = ticketTitle(state, ticket);
    const isInQueue = state === 'WAITING' && !isNext(state, ticket);
    const isDue = performance.now() - this.#saidAt >= PLACE_MILLIS;
    if (title !== this.#title || (isInQueue && isDue)) {
      this.#title = title;
      this.#saidAt = performance.now();
      replaceContent(this.#region, isInQueue ? say('ticket.place.aloud', { place: ticket.place }) : title);
    }
  }
}
