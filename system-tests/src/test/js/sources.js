const known = new Map();

/** The text of a file of the pages. */
export function textOf(path) {
  if (!known.has(path)) {
    known.set(
      path,
      fetch(`/${path}`).then((answer) => answer.text()),
    );
  }
  return known.get(path);
}

export const textsOf = (paths) => Promise.all(paths.map(textOf));
