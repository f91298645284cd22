/** The pages that masthead and foot lead to: an application with pages of its own has a file of this name in the place of this one. */
export const PAGES = {
  masthead: [
    ['picture', 'picture.html'],
    ['console', 'console.html'],
  ],
  foot: [],
};
