/** More than so many newcomers at once would only flicker. */
const ARRIVING_MAX = 3;

/**
 * Brings the entries of a list in line with the items and leaves those that stay where they are, so that nobody loses focus or a
 * click. Entries are known by the key that `make` and `keyed` gave them; `update` changes one that stays.
 */
export function reconcile(list, items, { keyOf, make, update }) {
  const keys = new Set(items.map((item) => String(keyOf(item))));
  const known = new Map();
  for (const entry of [...list.children]) {
    if (keys.has(entry.dataset.key)) {
      known.set(entry.dataset.key, entry);
    } else {
      entry.remove();
    }
  }
  const newcomers = items.length - known.size;
  items.forEach((item, position) => {
    let entry = known.get(String(keyOf(item)));
    if (entry) {
      update(entry, item);
    } else {
      entry = make(item);
      entry.classList.toggle('arriving', newcomers <= ARRIVING_MAX);
    }
    if (list.children[position] !== entry) {
      list.insertBefore(entry, list.children[position] ?? null);
    }
  });
}

export function keyed(entry, key) {
  entry.dataset.key = key;
  return entry;
}

/** Writes a text that may change under the reader's eyes: if it does, it lights up softly. */
export function renew(element, text) {
  if (element.textContent === text) {
    return;
  }
  if (element.textContent && !element.classList.contains('renewed')) {
    element.addEventListener('animationend', () => element.classList.remove('renewed'), { once: true });
    element.classList.add('renewed');
  }
  element.textContent = text;
}
