import { carry, inAddress } from '/js/address.js';
import { carryFilter, filterInAddress, isFiltering } from '/js/picture/filters.js';
import { equal, test } from './cases.js';

/** While `body` runs, the address ends so. */
function withAddress(end, body) {
  const before = location.href;
  history.replaceState(null, '', location.pathname + end);
  try {
    body();
  } finally {
    history.replaceState(null, '', before);
  }
}

test('what a page shows is behind the # of its address, and what is empty is left out', () => {
  withAddress('?order=7#text=tea+%26+more&state=ABORTED', () => {
    equal([inAddress('text'), inAddress('state'), inAddress('from')], ['tea & more', 'ABORTED', '']);
    carry({ state: undefined, from: 51, transaction: '' });
    equal(location.hash, '#text=tea+%26+more&from=51');
    carry({ text: '', from: 0 });
    equal(location.href, `${location.origin}${location.pathname}`);
  });
});

test('the history gets no longer by it', () => {
  withAddress('', () => {
    const before = history.length;
    carry({ text: 'a' });
    carry({ text: 'b' });
    equal(history.length, before);
  });
});

test('a filter that the address carries is the one that was chosen', () => {
  const all = { kind: 'all', outcome: 'all', productId: 0, isSlowest: false };
  for (const filter of [all, { kind: 'tickets', outcome: 'aborted', productId: 7, isSlowest: true }]) {
    withAddress('', () => {
      carryFilter(filter);
      equal(filterInAddress(), filter);
    });
  }
  withAddress('#kind=bears&outcome=&product=x&slowest=yes', () => equal([filterInAddress(), isFiltering(filterInAddress())], [all, false]));
});
