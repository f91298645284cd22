import { say } from '../language.js';

const MOMENT_SECONDS = 5;

/** A duration as a person would promise it: rounded up, and the longer the rougher. */
export function roughly(seconds) {
  if (seconds === undefined) {
    return say('ticket.estimate.unknown');
  }
  if (seconds <= MOMENT_SECONDS) {
    return say('ticket.estimate.moment');
  }
  if (seconds <= 55) {
    return say('ticket.estimate.seconds', { count: Math.ceil(seconds / 5) * 5 });
  }
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) {
    return say(minutes === 1 ? 'ticket.estimate.minute' : 'ticket.estimate.minutes', { count: minutes });
  }
  const hours = Math.ceil(minutes / 60);
  return say(hours === 1 ? 'ticket.estimate.hour' : 'ticket.estimate.hours', { count: hours });
}
