import { duration } from '../duration.js';
import { say } from '../language.js';
import { databaseName } from './format.js';
import { summaryOf } from './words.js';

/** What became of a story, in one sentence. */
export function spokenSummary(story) {
  const { key, values } = summaryOf(story);
  return say(key, { millis: duration(values.millis) });
}

/** A sentence of words.js in the reader's language. */
export function spoken({ key, ending, values }, productNameOf) {
  const { participant, productId, meaning } = values;
  const facts = {
    ...values,
    database: participant && databaseName(participant),
    product: productId && productNameOf(productId),
    meaning: meaning && say(meaning),
    millis: values.millis === undefined ? say('picture.underWay') : duration(values.millis),
  };
  return say(key, facts) + (ending ? say('picture.space') + say(ending, facts) : '');
}
