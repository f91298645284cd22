import { equal, test } from './cases.js';
import { nodesOf } from './formatter.js';
import { pages, scripts, stylesheets } from './java.js';
import { neededBy } from './modules.js';
import { textOf } from './sources.js';

/** What makes markup or code of text, so that a customer's text could be either. */
const MARKUP = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'write', 'writeln', 'setHTMLUnsafe', 'createContextualFragment', 'srcdoc'];
const CODE = ['eval', 'Function'];
const FOR_DEBUGGING = ['console', 'alert', 'confirm', 'prompt'];

/** What is wrong in each script; `look` gets its nodes, and says it of each. */
async function wrongIn(look) {
  const wrong = [];
  for (const path of scripts) {
    const nodes = [...nodesOf(await textOf(path))];
    wrong.push(...nodes.flatMap(([node, parent]) => look(node, parent, nodes) ?? []).map((words) => `${path}: ${words}`));
  }
  return wrong;
}

const isName = ({ type }) => type === 'Identifier' || type === 'PrivateName';
const nameOf = (node) => (node.type === 'PrivateName' ? `#${node.id.name}` : node.name);

/** How often each name stands there. */
function countsOf(nodes) {
  const counts = new Map();
  nodes.filter(([node]) => isName(node)).forEach(([node]) => counts.set(nameOf(node), (counts.get(nameOf(node)) ?? 0) + 1));
  return counts;
}

/** The names that an assignment to this sets. */
const setBy = ({ name, properties = [], elements = [] }) => [name, ...properties.map(({ value }) => value?.name), ...elements.map((each) => each?.name)];

test('whatever a script declares or imports it uses', async () => {
  const unused = [];
  for (const path of scripts) {
    const nodes = [...nodesOf(await textOf(path))];
    const counts = countsOf(nodes);
    const exported = new Set(nodes.filter(([, parent]) => parent?.type === 'ExportNamedDeclaration').map(([node]) => node));
    for (const [node, parent] of nodes) {
      const isImport = /^Import.*Specifier$/.test(node.type);
      const isNamed = (node.type === 'VariableDeclarator' && !exported.has(parent)) || (/^(Function|Class)Declaration$/.test(node.type) && !exported.has(node));
      const named = isImport ? node.local : isNamed ? node.id : /^Class.*Private/.test(node.type) ? node.key : undefined;
      // An import of one name has it twice: as it is called there, and here.
      const own = isImport && node.imported?.name === node.local.name ? 2 : 1;
      if (named && isName(named) && counts.get(nameOf(named)) <= own) {
        unused.push(`${path}: ${nameOf(named)}`);
      }
    }
  }
  equal(unused, []);
});

test('things are compared without a conversion, and declared once', async () => {
  equal(
    await wrongIn(({ type, operator, kind }) => (type === 'BinaryExpression' && /^[!=]=$/.test(operator) ? [operator] : kind === 'var' ? ['var'] : [])),
    [],
  );
});

test('what never changes is a const', async () => {
  const look = (node, _, nodes) => {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'let' || !node.declarations[0].init) {
      return [];
    }
    const { name } = node.declarations[0].id;
    const isSet = ([one]) =>
      (one.type === 'AssignmentExpression' && setBy(one.left).includes(name)) || (one.type === 'UpdateExpression' && one.argument.name === name);
    return nodes.some(isSet) ? [] : [`let ${name}`];
  };
  equal(await wrongIn(look), []);
});

test('no text becomes markup or code, and nothing is left of debugging', async () => {
  const look = (node, parent) => {
    if (node.type === 'DebuggerStatement') {
      return ['debugger'];
    }
    const isMember = parent?.type === 'MemberExpression' && parent.property === node;
    const forbidden = isMember ? MARKUP : [...CODE, ...FOR_DEBUGGING];
    return node.type === 'Identifier' && forbidden.includes(node.name) && (isMember || parent?.type === 'MemberExpression' || parent?.callee === node)
      ? [node.name]
      : [];
  };
  equal(await wrongIn(look), []);
});

test('the browser knows each property, and each value', async () => {
  const unknown = [];
  for (const path of stylesheets) {
    const text = (await textOf(path)).replace(/\/\*[^]*?\*\//g, '');
    for (const [, property, value] of text.matchAll(/^\s+([a-z-]+): ([^;{}]+?)(?: !important)?;/gm)) {
      if (!value.includes('var(') && !CSS.supports(property, value)) {
        unknown.push(`${path}: ${property}: ${value}`);
      }
    }
  }
  equal(unknown, []);
});

test('a rule says each property once', async () => {
  const twice = [];
  for (const path of stylesheets) {
    const text = (await textOf(path)).replace(/\/\*[^]*?\*\//g, '');
    for (const [, body] of text.matchAll(/\{([^{}]*)\}/g)) {
      const properties = [...body.matchAll(/^\s*([\w-]+):/gm)].map(([, property]) => property);
      twice.push(...properties.filter((property, at) => properties.indexOf(property) !== at).map((property) => `${path}: ${property}`));
    }
  }
  equal(twice, []);
});

test('each page has the colours and measures that its stylesheets name', async () => {
  const missing = [];
  for (const page of pages) {
    const linked = [...(await textOf(page)).matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, path]) => path);
    const texts = await Promise.all([...linked, ...(await neededBy(page))].map(textOf));
    const known = new Set(texts.flatMap((text) => [...text.matchAll(/(--[\w-]+)'?[:,]/g)].map(([, name]) => name)));
    const named = texts.flatMap((text) => [...text.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name));
    missing.push(...new Set(named.filter((name) => !known.has(name)).map((name) => `${page}: ${name}`)));
  }
  equal(missing, []);
});
