/**
 * A new element; strings among its children become text, never markup. A list among them is taken item by item: never spread one into
 * arguments, of which a call can have only so many.
 */
export function element(tag, properties = {}, ...children) {
  const created = Object.assign(document.createElement(tag), properties);
  fill(created, children);
  return created;
}

/** Writes a text unless it is there already: a screen reader, or whoever marks it to copy it, is not disturbed for nothing. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/**
 * Replaces what a region holds; lists are taken item by item. Whoever worked in it with the keyboard stays there: focus survives by
 * element id.
 */
export function replaceContent(region, ...children) {
  const focused = region.contains(document.activeElement) ? document.activeElement : undefined;
  region.replaceChildren();
  fill(region, children);
  if (focused && focused !== region) {
    const successor = focused.id && document.getElementById(focused.id);
    (successor || region).focus({ preventScroll: true });
  }
}

function fill(parent, children) {
  for (const child of children.flat()) {
    parent.append(child);
  }
}
