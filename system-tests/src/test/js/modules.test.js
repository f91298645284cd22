import { equal, test } from './cases.js';
import { pages, scripts } from './java.js';
import { textOf } from './sources.js';

const resolved = (path, from) => new URL(path, new URL(from, location.origin)).pathname.slice(1);

/** What a module takes from others: names, and which one it is. */
const importsOf = (text, from) =>
  [...text.matchAll(/^import (?:\* as \w+|\{([^}]*)\}) from '([^']+)';/gm)].map(([, names, path]) => ({
    path: resolved(path, from),
    names: (names ?? '').split(',').map((name) => name.trim().split(' ')[0]).filter(Boolean),
  }));

const lazyImportsOf = (text, from) => [...text.matchAll(/\bimport\('([^']+)'\)/g)].map(([, path]) => resolved(path, from));

test('each script is used by some page', async () => {
  const found = new Set();
  const waiting = [];
  for (const page of pages) {
    waiting.push(...[...(await textOf(page)).matchAll(/<script type="module" src="([^"]+)"/g)].map(([, path]) => resolved(path, page)));
  }
  while (waiting.length) {
    const path = waiting.pop();
    if (!found.has(path)) {
      found.add(path);
      const text = await textOf(path);
      waiting.push(...importsOf(text, path).map((one) => one.path), ...lazyImportsOf(text, path));
    }
  }
  equal([...found].sort(), [...scripts].sort());
});

test('each script exports what others take from it', async () => {
  const exported = {};
  for (const path of scripts) {
    const names = [...(await textOf(path)).matchAll(/^export (?:async )?(?:function|class|const|let) (\w+)/gm)].map(([, name]) => name);
    exported[path] = new Set(names);
  }
  const missing = [];
  for (const path of scripts) {
    for (const { path: from, names } of importsOf(await textOf(path), path)) {
      missing.push(...names.filter((name) => !exported[from]?.has(name)).map((name) => `${path} takes ${name} from ${from}`));
    }
  }
  equal(missing, []);
});

test('no script exports what nobody takes', async () => {
  const taken = new Set();
  const exported = [];
  for (const path of scripts) {
    const text = await textOf(path);
    importsOf(text, path).forEach(({ path: from, names }) => names.forEach((name) => taken.add(`${from} ${name}`)));
    const isWhole = (from) => new RegExp(`^import \\* as \\w+ from '[^']*${from.split('/').at(-1)}'`, 'm').test(text);
    scripts.filter(isWhole).forEach((from) => taken.add(from));
    exported.push(...[...text.matchAll(/^export (?:async )?(?:function|class|const|let) (\w+)/gm)].map(([, name]) => [path, name]));
  }
  equal(exported.filter(([path, name]) => !taken.has(path) && !taken.has(`${path} ${name}`)).map((one) => one.join(' ')), ['js/break/breaking.js Breaking']);
});
