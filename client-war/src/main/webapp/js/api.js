const ORDER_WITHIN_MILLIS = 30_000;
const READ_WITHIN_MILLIS = 10_000;

/** No answer came, or none that the API would give, such as a proxy's error page: it tells nothing about an order. */
const NO_ANSWER = { status: 0, waitSeconds: 1 };

export const listProducts = () => list('api/products');

export const listOrders = (limit) => list(`api/orders?limit=${limit}`);

/**
 * Places the order. `kind` tells what came of it: 'placed' with the order, 'answer-lost', or the last word of the
 * problem's type ('out-of-stock', 'outcome-unknown', …) with all members of the problem.
 */
export async function placeOrder(order) {
  const answer = await request('api/orders', ORDER_WITHIN_MILLIS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (answer.status === 200 || answer.status === 201) {
    return { kind: 'placed', order: answer.body };
  }
  const kind = answer.body?.type?.split(':').at(-1);
  const saysWhatHappened = answer.status < 500 || kind === 'not-placed' || kind === 'outcome-unknown';
  return kind && saysWhatHappened ? { ...answer.body, ...answer, kind } : { kind: 'answer-lost' };
}

/** Asks what came of an order: 'placed' with the order, 'absent', or 'in-doubt' with the seconds to wait. */
export async function askForOrder(path) {
  const { status, body, waitSeconds } = await request(path, READ_WITHIN_MILLIS);
  switch (status) {
    case 200:
      return { kind: 'placed', order: body };
    case 404:
      return { kind: 'absent' };
    default:
      return { kind: 'in-doubt', waitSeconds };
  }
}

async function list(url) {
  const { status, body } = await request(url, READ_WITHIN_MILLIS);
  if (status !== 200) {
    throw new Error(`Cannot read ${url}: status=${status}, expected=200`);
  }
  return body;
}

async function request(url, withinMillis, options) {
  try {
    const response = await fetch(url, { ...options, cache: 'no-store', signal: AbortSignal.timeout(withinMillis) });
    return {
      status: response.status,
      body: await response.json(),
      waitSeconds: Math.max(1, Number(response.headers.get('Retry-After'))),
      askAt: locationPath(response),
    };
  } catch {
    return NO_ANSWER;
  }
}

/** Only the path of Location: behind a proxy the server may know itself by another scheme or host. */
function locationPath(response) {
  const location = response.headers.get('Location');
  return location ? new URL(location, response.url).pathname : undefined;
}
