import { textOf } from './sources.js';

const resolved = (path, from) => new URL(path, new URL(from, location.origin)).pathname.slice(1);

/** What a module's text takes from others: names, and which one it is; `from` is its own path. */
export const importsOf = (text, from) =>
  [...text.matchAll(/^import (?:(?:\* as \w+|\{([^}]*)\}) from )?'([^']+)';/gm)].map(([, names, path]) => ({
    path: resolved(path, from),
    names: (names ?? '')
      .split(',')
      .map((name) => name.trim().split(' ')[0])
      .filter(Boolean),
  }));

export const lazyImportsOf = (text, from) => [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, path]) => resolved(path, from));

/** The names that a module's text exports. */
export const exportsOf = (text) => [...text.matchAll(/^export (?:async )?(?:function|class|const|let) (\w+)/gm)].map(([, name]) => name);

/** All scripts that a page loads, sooner or later. */
export async function neededBy(page) {
  const found = new Set();
  const waiting = [...(await textOf(page)).matchAll(/<script type="module" src="([^"]+)"/g)].map(([, path]) => resolved(path, page));
  while (waiting.length) {
    const path = waiting.pop();
    if (!found.has(path)) {
      found.add(path);
      const text = await textOf(path);
      waiting.push(...importsOf(text, path).map((one) => one.path), ...lazyImportsOf(text, path));
    }
  }
  return [...found];
}
