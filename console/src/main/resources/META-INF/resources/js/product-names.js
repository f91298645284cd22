/** What products are called: where nobody sells any, by their numbers. The shop has a file of this name in the place of this one. */
export class ProductNames {
  of = String;

  learn() {}
}
