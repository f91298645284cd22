/** A fresh random UUID, version 4. */
export function newOrderId() {
  // Not crypto.randomUUID(): browsers withhold it on plain http beyond localhost.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40; // RFC 9562 section 5.4: version 4
  bytes[8] = (bytes[8] & 0x3f) | 0x80; // RFC 9562 section 4.1: variant 10
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of an order, or of the ticket it was, as somebody typed or pasted it; undefined if it is none. */
export function orderIdIn(text) {
  const id = text?.trim().toLowerCase();
  return FORM.test(id) ? id : undefined;
}
