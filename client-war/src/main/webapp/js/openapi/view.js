import { element } from '../element.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The parts of an OpenAPI document: each address with what it serves, then the schemas. The document's own words are English. */
export function apiParts(api) {
  const schemas = Object.entries(api.components?.schemas ?? {});
  return [
    element('p', {}, api.info.description ?? ''),
    ...Object.entries(api.paths).map(([path, item]) => address(api, path, item)),
    element('h2', {}, 'Schemas'),
    ...schemas.map(([name, schema]) => schemaPart(name, schema)),
  ];
}

function address(api, path, item) {
  const served = METHODS.filter((method) => item[method]);
  return element(
    'section',
    { className: 'api-address' },
    element('h2', {}, element('code', {}, path)),
    ...served.map((method) => operation(api, method, item[method], item.parameters ?? [])),
  );
}

function operation(api, method, told, shared) {
  const parameters = [...shared, ...(told.parameters ?? [])].map((one) => resolved(api, one));
  const body = told.requestBody && resolved(api, told.requestBody);
  const responses = Object.entries(told.responses).map(([status, one]) => [status, resolved(api, one)]);
  return element(
    'details',
    { id: told.operationId },
    element('summary', {}, element('span', { className: 'api-method' }, method.toUpperCase()), ` ${told.summary ?? ''}`),
    ...(told.description ? [element('p', {}, told.description)] : []),
    ...list(
      'Parameters',
      parameters.map((one) => [`${one.name} (${one.in})`, one.description, typeOf(one.schema)]),
    ),
    ...list('Body', body ? content(body) : []),
    ...list(
      'Answers',
      responses.flatMap(([status, one]) => answer(status, one)),
    ),
  );
}

const answer = (status, told) => {
  const [first, ...others] = content(told);
  return [[status, told.description, ...(first ? first.slice(2) : [])], ...others.map((other) => [status, ...other.slice(1)])];
};

const content = (told) => Object.entries(told.content ?? {}).map(([media, { schema }]) => [media, told.description, typeOf(schema)]);

/** Names with what they mean; nothing if there are none. */
function list(title, rows) {
  if (!rows.length) {
    return [];
  }
  const entries = rows.flatMap(([name, description, type]) => [
    element('dt', {}, element('code', {}, name)),
    element('dd', {}, description ?? '', ...(type ? [' ', type] : [])),
  ]);
  return [element('h3', {}, title), element('dl', { className: 'api-list' }, ...entries)];
}

function schemaPart(name, schema) {
  const required = schema.required ?? [];
  const rows = Object.entries(schema.properties ?? {}).map(([property, told]) => [
    required.includes(property) ? property : `${property}?`,
    told.description,
    typeOf(told),
  ]);
  return element(
    'details',
    { id: `schema-${name}` },
    element('summary', {}, element('code', {}, name)),
    ...(schema.description ? [element('p', {}, schema.description)] : []),
    ...(rows.length ? list('Fields', rows) : [element('p', {}, typeOf(schema))]),
  );
}

/** What a value is, as a link to its schema if that has a name. */
function typeOf(schema = {}) {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    const link = element('a', { href: `#schema-${name}` }, name);
    link.addEventListener('click', () => {
      document.getElementById(`schema-${name}`).open = true;
    });
    return link;
  }
  if (schema.type === 'array') {
    return element('span', {}, 'array of ', typeOf(schema.items));
  }
  const among = schema.enum ? `: ${schema.enum.join(', ')}` : '';
  return element('span', { className: 'api-type' }, [schema.type, schema.format].filter(Boolean).join(', ') + among);
}

const resolved = (api, told) =>
  told.$ref
    ? told.$ref
        .split('/')
        .slice(1)
        .reduce((part, name) => part[name], api)
    : told;
