/** While `body` runs, these answers come to what is fetched, one after the other; `body` gets the list of what was asked. */
export async function withAnswers(answers, body) {
  const real = globalThis.fetch;
  const asked = [];
  const left = [...answers];
  globalThis.fetch = async (url, { method = 'GET', headers = {}, body: sent } = {}) => {
    asked.push({ method, url, headers, sent: sent && JSON.parse(sent) });
    if (!left.length) {
      throw new Error(`Nobody expected ${method} ${url}`);
    }
    const answer = left.shift();
    return typeof answer === 'function' ? answer() : answer;
  };
  try {
    return await body(asked);
  } finally {
    globalThis.fetch = real;
  }
}

export const json = (status, body, headers = {}) => new Response(JSON.stringify(body), { status, headers });

/** As the API tells of an error. */
export const problem = (status, kind, members = {}, headers = {}) =>
  json(status, { type: `tag:lockstep.dev,2026:problem:${kind}`, status, ...members }, headers);

/** As a proxy tells of one. */
export const page = (status) => new Response('<h1>Bad Gateway</h1>', { status, headers: { 'Retry-After': 'Thu, 01 Jan 2026 00:00:00 GMT' } });

export const nothing = () => {
  throw new TypeError('Failed to fetch');
};
