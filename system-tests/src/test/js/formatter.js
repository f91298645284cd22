import * as prettier from '/prettier/standalone.mjs';
import * as babel from '/prettier/plugins/babel.mjs';
import * as estree from '/prettier/plugins/estree.mjs';
import * as postcss from '/prettier/plugins/postcss.mjs';

const STYLE = { plugins: [babel, estree, postcss], printWidth: 160, singleQuote: true };

/** Of these texts, by path, those that ought to look otherwise, and how. */
export async function formatted(texts) {
  const wanted = {};
  for (const [path, text] of Object.entries(texts)) {
    const better = await prettier.format(text, { ...STYLE, parser: path.endsWith('.css') ? 'css' : 'babel' });
    if (better !== text) {
      wanted[path] = better;
    }
  }
  return wanted;
}

/** The nodes of a script's syntax tree, each with the one it is in. */
export function* nodesOf(script) {
  const waiting = [[babel.parsers.babel.parse(script, {}).program, undefined]];
  while (waiting.length) {
    const [node, parent] = waiting.pop();
    yield [node, parent];
    for (const [name, child] of Object.entries(node)) {
      const children = Array.isArray(child) ? child : [child];
      if (!/comments$/i.test(name)) {
        waiting.push(...children.filter((one) => typeof one?.type === 'string').map((one) => [one, node]));
      }
    }
  }
}
