import { say } from './language.js';

/** A length of time, as exact as one can tell it apart: 0.42 ms, 8.4 ms, 84 ms, 1.2 s, 2 min 3 s, 1 h 30 min. */
export function duration(millis) {
  if (Math.round(millis) < 1000) {
    return say('duration.millis', { n: rounded(millis, millis < 1 ? 2 : millis < 20 ? 1 : 0) });
  }
  if (rounded(millis / 1000, 1) < 60) {
    return say('duration.seconds', { n: rounded(millis / 1000, 1) });
  }
  const seconds = Math.round(millis / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return say('duration.minutes', { n: minutes, seconds: seconds % 60 });
  }
  return say('duration.hours', { n: Math.floor(minutes / 60), minutes: minutes % 60 });
}

const rounded = (number, digits) => Math.round(number * 10 ** digits) / 10 ** digits;
