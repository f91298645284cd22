import { isolated, say } from '../language.js';

/** The reasons that the shop itself gives, which are English. */
const SHORTAGE = /^Product -?\d+ has (\d+) pieces left, (\d+) were asked for$/;
const UNKNOWN = /^There is no product -?\d+$/;

/** Why a ticket is sold out, in the reader's language; what an operator wrote stays as it is. */
export function reasonInWords({ reason, productId }, productNameOf) {
  const product = productNameOf(productId);
  const [, available, requested] = reason?.match(SHORTAGE)?.map(Number) ?? [];
  if (requested) {
    return say('ticket.reason.shortage', { product, available, requested });
  }
  return !reason || UNKNOWN.test(reason)
    ? say('ticket.reason.unknown', { product })
    : say('ticket.reason.operator', { reason: isolated(reason) });
}
