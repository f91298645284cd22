const WITHIN_MILLIS = 10_000;

/** It tells nothing about what was asked. */
const NO_ANSWER = { status: 0, waitSeconds: 1 };

let token;
let renewToken = async () => undefined;

/** From now on writes carry this token, without which the server does none for an operator. */
export function carryToken(current) {
  token = current;
}

/** What gets another token, once the server says that ours is of another session: another tab has logged in meanwhile. */
export function renewTokenBy(renew) {
  renewToken = renew;
}

/**
 * Asks the server, with GET, or with POST if there is `content` to be sent or `isWrite`. The answer, read to its end: `status`, which is 0 if there
 * is none; its JSON, if it has any, as `body`; `kind`, the last word of a problem's type; the address `next` of a list's next page; and in
 * `waitSeconds` how long to wait before the next attempt, at least 1.
 */
export async function request(url, options = {}) {
  try {
    const answer = await read(await send(url, options));
    if (answer.status !== 403 || answer.kind !== 'csrf-token') {
      return answer;
    }
    await renewToken();
    return await read(await send(url, options));
  } catch {
    return NO_ANSWER;
  }
}

/** The JSON at an address; whatever else is answered is an error that says so. */
export const readJson = async (url) => contentOf(url, await request(url));

/** The JSON of what an address answered; whatever else it answered is an error that says so. */
export function contentOf(url, { status, body }) {
  if (status !== 200 || body === undefined) {
    throw new Error(`Cannot read ${url}: status=${status}, expected=200`);
  }
  return body;
}

function send(url, { content, isWrite = content !== undefined, method = isWrite ? 'POST' : 'GET', withinMillis = WITHIN_MILLIS }) {
  const ofContent = content ? { 'Content-Type': 'application/json' } : {};
  const ofWrite = token && method !== 'GET' ? { 'X-CSRF-Token': token } : {};
  return fetch(url, {
    method,
    headers: { ...ofContent, ...ofWrite },
    body: content && JSON.stringify(content),
    cache: 'no-store',
    signal: AbortSignal.timeout(withinMillis),
  });
}

/** Even an empty answer is read: the browser counts a write as given up whose answer nobody reads. */
async function read(response) {
  const text = await response.text();
  const body = parsed(text);
  return {
    status: response.status,
    body,
    kind: kindOf(body?.type),
    next: response.headers.get('Link')?.match(/<([^>]*)>; *rel="next"/)?.[1],
    // Not a number if a proxy tells a date instead.
    waitSeconds: Math.max(1, Number(response.headers.get('Retry-After')) || 1),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Nothing, or a proxy's page.
  }
}

/** Only of the API's own problems: a gateway's, such as about:blank, tells nothing about what was asked. */
const kindOf = (type) => (typeof type === 'string' ? type.match(/:problem:([a-z-]+)$/)?.[1] : undefined);
