import { carryToken, request } from '/js/request.js';
import { equal, test } from './cases.js';
import { json, nothing, page, problem, withAnswers } from './server.js';

let copies = 0;

/** The module as a page that is opened now has it: nobody is logged in. */
function opened() {
  carryToken(undefined);
  return import(`/js/session.js?copy=${++copies}`);
}

const loggedIn = (csrfToken) => json(200, { operator: 'op', csrfToken, demo: false });
const tokens = (asked) => asked.map(({ method, headers }) => [method, headers['X-CSRF-Token']]);

test('who is logged in is asked once, and told to the page', async () => {
  const session = await opened();
  const told = [];
  const listener = () => told.push(session.currentSession().operator);
  document.addEventListener('session', listener);
  try {
    const asked = await withAnswers([loggedIn('t1')], async (requests) => {
      await Promise.all([session.sessionAsked(), session.sessionAsked()]);
      return requests.length;
    });
    equal([asked, told], [1, ['op']]);
  } finally {
    document.removeEventListener('session', listener);
  }
});

test('without an answer the session stays as it is', async () => {
  const session = await opened();
  await withAnswers([loggedIn('t1'), page(502), nothing, problem(503, 'unavailable')], async () => {
    for (let i = 0; i < 4; i++) {
      await session.refreshSession();
    }
  });
  equal(session.currentSession().operator, 'op');
});

test('a write carries the token of who is logged in, and none if nobody is', async () => {
  const session = await opened();
  await withAnswers([json(200, {}), loggedIn('t1'), json(200, {})], async (asked) => {
    await request('api/x', { isWrite: true });
    await session.refreshSession();
    await request('api/x', { content: {} });
    equal(tokens(asked), [
      ['POST', undefined],
      ['GET', undefined],
      ['POST', 't1'],
    ]);
    equal(asked[2].headers['Content-Type'], 'application/json');
  });
});

test('a write with the token of another session is sent once more, with the new one', async () => {
  const session = await opened();
  await withAnswers([loggedIn('t1'), problem(403, 'csrf-token'), loggedIn('t2'), json(200, { done: true })], async (asked) => {
    await session.refreshSession();
    const { body } = await request('api/x', { isWrite: true });
    equal(body, { done: true });
    equal(tokens(asked), [
      ['GET', undefined],
      ['POST', 't1'],
      ['GET', undefined],
      ['POST', 't2'],
    ]);
  });
});

test('a write is sent twice at most, and another refusal is the answer at once', async () => {
  await opened();
  await withAnswers([problem(403, 'csrf-token'), loggedIn('t2'), problem(403, 'csrf-token')], async (asked) => {
    equal((await request('api/x', { isWrite: true })).status, 403);
    equal(asked.length, 3);
  });
  await withAnswers([problem(403, 'foreign-origin')], async (asked) => {
    const { kind } = await request('api/x', { isWrite: true });
    equal([asked.length, kind], [1, 'foreign-origin']);
  });
});

test('a login succeeds, or the server says why not and how long to wait', async () => {
  const session = await opened();
  const outcomes = await withAnswers(
    [json(200, {}), problem(401, 'login-failed'), problem(429, 'login-limited', {}, { 'Retry-After': '30' }), page(502), nothing],
    async (asked) => {
      const said = [];
      for (let i = 0; i < 5; i++) {
        said.push(await session.logIn('op', 'secret'));
      }
      equal(asked[0].sent, { name: 'op', password: 'secret' });
      return said;
    },
  );
  equal(
    outcomes.map(({ kind }) => kind),
    ['logged-in', 'login-failed', 'login-limited', 'no-answer', 'no-answer'],
  );
  equal(outcomes[2].waitSeconds, 30);
});

test('after a logout the server says who is logged in, even if the logout was not answered', async () => {
  const session = await opened();
  await withAnswers(
    [loggedIn('t1'), nothing, loggedIn('t1'), new Response(null, { status: 204 }), json(200, { operator: null, csrfToken: null })],
    async () => {
      await session.refreshSession();
      await session.logOut();
      equal(session.currentSession().operator, 'op');
      await session.logOut();
      equal(session.currentSession().operator, null);
    },
  );
});
