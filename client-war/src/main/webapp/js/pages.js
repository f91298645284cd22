/** The pages that the masthead names, in the place of the console's file of this name. */
export const PAGES = [
  ['order', './'],
  ['picture', 'picture.html'],
  ['console', 'console.html'],
];
