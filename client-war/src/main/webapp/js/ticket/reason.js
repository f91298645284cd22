import { isolated, say } from '../language.js';

/** Why a ticket has no order, in the reader's language; what an operator or a database said stays as it is. */
export const reasonInWords = ({ reasonCode, reason, available, quantity, productId }, productNameOf) =>
  say(`ticket.reason.${reasonCode}`, {
    product: productNameOf(productId),
    requested: quantity,
    available,
    reason: isolated(reason),
  });
