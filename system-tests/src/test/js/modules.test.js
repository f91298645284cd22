import { equal, test } from './cases.js';
import { pages, rooms, scripts, stylesheets } from './java.js';
import { exportsOf, importsOf, lazyImportsOf, neededBy } from './modules.js';
import { textOf } from './sources.js';

const LINES_MAX = 400;

test('each script is used by some page', async () => {
  const found = new Set((await Promise.all(pages.map(neededBy))).flat());
  equal([...found].sort(), [...scripts].sort());
});

test('each script exports what others take from it', async () => {
  const exported = {};
  for (const path of scripts) {
    exported[path] = new Set(exportsOf(await textOf(path)));
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
    exported.push(...exportsOf(text).map((name) => [path, name]));
  }
  equal(
    exported.filter(([path, name]) => !taken.has(path) && !taken.has(`${path} ${name}`)).map((one) => one.join(' ')),
    ['js/break/breaking.js Breaking'],
  );
});

// A module that stands alone, the console in an application that has no shop, say, has all that it needs.
test('a script takes only what its own module or one below it has', async () => {
  const upwards = [];
  for (const [depth, { name, files }] of rooms.entries()) {
    const below = rooms.slice(depth);
    for (const path of files) {
      const text = await textOf(`rooms/${name}/${path}`);
      const lazy = lazyImportsOf(text, path).map((from) => ({ path: from, names: [] }));
      for (const { path: from, names } of [...importsOf(text, path), ...lazy]) {
        const room = below.find((each) => each.files.includes(from));
        const there = room ? exportsOf(await textOf(`rooms/${room.name}/${from}`)) : [];
        if (!room || names.some((each) => !there.includes(each))) {
          upwards.push(`${name}: ${path} takes ${names} from ${from}`);
        }
      }
    }
  }
  equal(upwards, []);
  equal(
    rooms.map(({ files }) => files.length > 5),
    [true, true, true, true],
  );
});

test('no script and no stylesheet is longer than it can be read at once', async () => {
  const long = [];
  for (const path of [...scripts, ...stylesheets]) {
    const lines = (await textOf(path)).split('\n').length - 1;
    long.push(...(lines > LINES_MAX ? [`${path}: ${lines} lines`] : []));
  }
  equal(long, []);
});

test('each stylesheet is used by some page', async () => {
  const texts = await Promise.all(pages.map(textOf));
  const linked = texts.flatMap((text) => [...text.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, path]) => path));
  equal([...new Set(linked)].sort(), [...stylesheets].sort());
});

// Each is written out, so that a page is a page without a server; therefore they must not part.
test('the heads of all pages are alike but for title, stylesheets and script', async () => {
  const heads = (await Promise.all(pages.map(textOf))).map((text) =>
    text
      .slice(0, text.indexOf('<body>'))
      .replace(/<title.*<\/title>/, 'title')
      .replace(/("css\/masthead.css">\n)(?: *<link rel="stylesheet" href="css\/[\w/-]+\.css">\n)*/, '$1')
      .replace(/<script type="module" src="js\/[\w/-]+\.js">/, 'script'),
  );
  equal([...new Set(heads)], [heads[0]]);
  equal(heads.length, 8);
});
