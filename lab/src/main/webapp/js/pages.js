/** The pages that the masthead names, in the place of the shop's file of this name. */
export const PAGES = [
  ['order', './'],
  ['picture', 'picture.html'],
  ['stop', 'stop.html'],
  ['console', 'console.html'],
];
