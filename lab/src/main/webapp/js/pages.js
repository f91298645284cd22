/** The pages that masthead and foot lead to, in the place of the shop's file of this name. */
export const PAGES = {
  masthead: [
    ['order', './'],
    ['picture', 'picture.html'],
    ['stop', 'stop.html'],
    ['console', 'console.html'],
  ],
  foot: [['api', 'openapi.html']],
};
