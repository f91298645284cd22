const KEPT_AS = 'lockstep.open-order';

/** The order of this tab whose outcome is not final yet, even after a reload; undefined if there is none. */
export function keptOrder() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS)) ?? undefined;
  } catch {
    return undefined; // Browsers that block storage throw on the mere look at it.
  }
}

export function keepOrder(order) {
  inStorage(() => sessionStorage.setItem(KEPT_AS, JSON.stringify(order)));
}

export function forgetOrder() {
  inStorage(() => sessionStorage.removeItem(KEPT_AS));
}

function inStorage(change) {
  try {
    change();
  } catch {
    // Storage is blocked or full: an open order then lasts as long as the page.
  }
}
