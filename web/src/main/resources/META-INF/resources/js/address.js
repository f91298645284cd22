/** What a page shows, kept behind the # of its address: who copies the address shows the same to others, and finds it again. */

const carried = () => new URLSearchParams(location.hash.slice(1));

/** The value of this name, '' if the address carries none. */
export const inAddress = (name) => carried().get(name) ?? '';

/** Has the address carry these values, too; what is empty is left out. The browser's history gets no longer by it. */
export function carry(values) {
  const all = carried();
  for (const [name, value] of Object.entries(values)) {
    all.delete(name);
    if (value) {
      all.set(name, value);
    }
  }
  history.replaceState(null, '', location.pathname + (all.size ? `#${all}` : ''));
}
