const ASK_WITHIN_MILLIS = 10_000;
const LOGIN_WITHIN_MILLIS = 30_000;

let session = { operator: null, csrfToken: null, demo: false };
let first;

/** Who is logged in, as far as is known: `operator` is null for nobody, and until the server has answered. */
export const currentSession = () => session;

/** Settles once the server has answered for the first time, or failed to. */
export const sessionAsked = () => (first ??= refreshSession());

/** Asks who is logged in; the document's event 'session' tells that the answer is there. Without one all stays as it is. */
export async function refreshSession() {
  try {
    const response = await fetch('api/session', { cache: 'no-store', signal: AbortSignal.timeout(ASK_WITHIN_MILLIS) });
    if (response.ok) {
      session = await response.json();
      document.dispatchEvent(new Event('session'));
    }
  } catch {
    // Whoever needs to be logged in hears it from the write itself.
  }
}

/** Fetches, with the token that a write of an operator needs; if another tab has logged in meanwhile, once more. */
export async function fetchWithToken(url, options) {
  const response = await fetch(url, withToken(options));
  if (response.status !== 403 || (await problemKind(response.clone())) !== 'csrf-token') {
    return response;
  }
  await refreshSession();
  return fetch(url, withToken(options));
}

/** Logs in: 'logged-in', or the last word of the problem's type with `waitSeconds`, or 'no-answer'. */
export async function logIn(name, password) {
  try {
    const response = await fetchWithToken('api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, password }),
      signal: AbortSignal.timeout(LOGIN_WITHIN_MILLIS),
    });
    return response.ok
      ? { kind: 'logged-in' }
      : { kind: (await problemKind(response)) ?? 'no-answer', waitSeconds: Number(response.headers.get('Retry-After')) };
  } catch {
    return { kind: 'no-answer' };
  }
}

/** Logs out, and asks who is logged in then. */
export async function logOut() {
  try {
    await fetchWithToken('api/session', { method: 'DELETE', signal: AbortSignal.timeout(ASK_WITHIN_MILLIS) });
  } catch {
    // Then the session is still there, and the page goes on showing it.
  }
  await refreshSession();
}

function withToken(options = {}) {
  const token = session.csrfToken ? { 'X-CSRF-Token': session.csrfToken } : {};
  return { ...options, headers: { ...options.headers, ...token } };
}

async function problemKind(response) {
  const problem = await response.json().catch(() => undefined);
  return typeof problem?.type === 'string' ? problem.type.split(':').at(-1) : undefined;
}
