/** The pages that the masthead names: an application with pages of its own has a file of this name in the place of this one. */
export const PAGES = [
  ['picture', 'picture.html'],
  ['console', 'console.html'],
];
