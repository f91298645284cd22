import { carryToken, renewTokenBy, request } from './request.js';

const LOGIN_WITHIN_MILLIS = 30_000;

let session = { operator: null, csrfToken: null, demo: false };
let first;

/** Who is logged in, as far as is known: `operator` is null for nobody, and until the server has answered. */
export const currentSession = () => session;

/** Settles once the server has answered for the first time, or failed to. */
export const sessionAsked = () => (first ??= refreshSession());

/** Asks who is logged in; the document's event 'session' tells that the answer is there. Without one all stays as it is. */
export async function refreshSession() {
  const { status, body } = await request('api/session');
  if (status === 200) {
    session = body;
    carryToken(session.csrfToken);
    document.dispatchEvent(new Event('session'));
  }
}

/** Logs in: 'logged-in', or the last word of the problem's type with `waitSeconds`, or 'no-answer'. */
export async function logIn(name, password) {
  const { status, kind, waitSeconds } = await request('api/session', { content: { name, password }, withinMillis: LOGIN_WITHIN_MILLIS });
  return status >= 200 && status < 300 ? { kind: 'logged-in' } : { kind: kind ?? 'no-answer', waitSeconds };
}

/** Logs out, and asks who is logged in then: without an answer the session is still there, and the page goes on showing it. */
export async function logOut() {
  await request('api/session', { method: 'DELETE' });
  await refreshSession();
}

renewTokenBy(refreshSession);
