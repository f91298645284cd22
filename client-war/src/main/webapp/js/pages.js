/** The pages that masthead and foot lead to, in the place of the console's file of this name. */
export const PAGES = {
  masthead: [
    ['order', './'],
    ['picture', 'picture.html'],
    ['console', 'console.html'],
  ],
  foot: [['api', 'openapi.html']],
};
