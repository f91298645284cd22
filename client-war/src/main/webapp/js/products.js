import { element } from './element.js';
import { keyed, reconcile, renew } from './in-place.js';
import { say } from './language.js';

/** The products as radio cards; `selectedId` stays selected unless it has sold out meanwhile. */
export const productCards = (products, selectedId) => [
  element(
    'ul',
    { className: 'product-list' },
    products.map((product) => card(product, selectedId)),
  ),
];

function card({ productId, productName, productNums, productInitial }, selectedId) {
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
    bar(productNums, productInitial),
  );
  return keyed(element('li', {}, label), productId);
}

/** Brings the cards up to date where they stand. The chosen one stays chosen, even if it has just sold out. */
export function updateProductCards(region, products, selectedId) {
  reconcile(region.querySelector('.product-list'), products, {
    keyOf: ({ productId }) => productId,
    make: (product) => card(product, selectedId),
    update: (entry, { productName, productNums, productInitial }) => {
      const choice = entry.querySelector('input');
      choice.disabled = productNums < 1 && !choice.checked;
      renew(entry.querySelector('.product-name'), productName);
      renew(entry.querySelector('.product-stock'), stock(productNums));
      fillBar(entry.querySelector('.stock-bar'), productNums, productInitial);
    },
  });
}

/** How much is left of all pieces that ever came to the shop, for the eye alone: the number is beside it. */
function bar(productNums, productInitial) {
  const created = element('span', { className: 'stock-bar', ariaHidden: 'true' }, element('span'));
  fillBar(created, productNums, productInitial);
  return created;
}

function fillBar(shown, productNums, productInitial) {
  shown.hidden = productInitial === undefined;
  shown.firstChild.style.width = `${productInitial ? Math.min(100, (100 * productNums) / productInitial) : 0}%`;
}

const stock = (count) => (count < 1 ? say('products.soldOut') : say('products.inStock', { count }));
