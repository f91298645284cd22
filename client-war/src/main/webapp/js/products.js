import { element } from './element.js';
import { keyed, reconcile, renew } from './in-place.js';
import { say } from './language.js';

/** The products as radio cards; `selectedId` stays selected unless it has sold out meanwhile. */
export const productCards = (products, selectedId) => [
  element('ul', { className: 'product-list' }, products.map((product) => card(product, selectedId))),
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
  const label = element(
    'label',
    { className: 'product' },
    choice,
    element('span', { className: 'product-name' }, productName),
    element('span', { className: 'product-stock' }, stock(productNums)),
  );
  return keyed(element('li', {}, label), productId);
}

/** Brings the cards up to date where they stand. The chosen one stays chosen, even if it has just sold out. */
export function updateProductCards(region, products) {
  reconcile(region.querySelector('.product-list'), products, {
    keyOf: ({ productId }) => productId,
    make: (product) => card(product),
    update: (entry, { productName, productNums }) => {
      const choice = entry.querySelector('input');
      choice.disabled = productNums < 1 && !choice.checked;
      renew(entry.querySelector('.product-name'), productName);
      renew(entry.querySelector('.product-stock'), stock(productNums));
    },
  });
}

const stock = (count) => (count < 1 ? say('products.soldOut') : say('products.inStock', { count }));

export function productName(products, productId) {
  const product = products.find((candidate) => candidate.productId === productId);
  return product?.productName ?? say('products.unnamed', { id: productId });
}
