import { element } from './element.js';
import { say } from './language.js';

/** The products as radio cards; `selectedId` stays selected unless it has sold out meanwhile. */
export const productCards = (products, selectedId) => [
  element('ul', { className: 'product-list' }, ...products.map((product) => card(product, selectedId))),
];

function card({ productId, productName, productNums }, selectedId) {
  const soldOut = productNums < 1;
  const choice = element('input', {
    type: 'radio',
    id: `product-${productId}`,
    name: 'productId',
    value: productId,
    disabled: soldOut,
    checked: !soldOut && productId === selectedId,
  });
  const stock = soldOut ? say('products.soldOut') : say('products.inStock', { count: productNums });
  return element(
    'li',
    {},
    element(
      'label',
      { className: 'product' },
      choice,
      element('span', { className: 'product-name' }, productName),
      element('span', { className: 'product-stock' }, stock),
    ),
  );
}

export function productName(products, productId) {
  const product = products.find((candidate) => candidate.productId === productId);
  return product?.productName ?? say('products.unnamed', { id: productId });
}
