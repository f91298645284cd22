import { say } from './language.js';

/** What a transaction of several is called in a line: they share a commit, or were rolled back together. */
export const titleOfSeveral = ({ state, subjectCount }) =>
  say(state.startsWith('ABORT') ? 'picture.shared.aborted' : 'picture.shared', { count: subjectCount });
