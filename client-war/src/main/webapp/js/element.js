/** A new element; strings among its children become text, never markup. */
export function element(tag, properties = {}, ...children) {
  const created = Object.assign(document.createElement(tag), properties);
  created.append(...children);
  return created;
}

/** Writes a text unless it is there already: a screen reader, or whoever marks it to copy it, is not disturbed for nothing. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** Replaces what a region holds. Whoever worked in it with the keyboard stays there: focus survives by element id. */
export function replaceContent(region, ...children) {
  const focused = region.contains(document.activeElement) ? document.activeElement : undefined;
  region.replaceChildren(...children);
  if (focused && focused !== region) {
    const successor = focused.id && document.getElementById(focused.id);
    (successor || region).focus({ preventScroll: true });
  }
}
