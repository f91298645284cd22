/** An EventSource that connects to nobody: a case says what comes over it. */
export class Wire extends EventTarget {
  static opened = [];
  isClosed = false;

  constructor(url) {
    super();
    this.url = url;
    Wire.opened.push(this);
  }

  static get last() {
    return Wire.opened.at(-1);
  }

  tell(event, data) {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }

  fail() {
    this.dispatchEvent(new Event('error'));
  }

  close() {
    this.isClosed = true;
  }
}

/** While `body` runs, streams are wires, and the tab can be hidden. */
export async function withWires(body) {
  const real = globalThis.EventSource;
  globalThis.EventSource = Wire;
  Wire.opened = [];
  try {
    await body();
  } finally {
    globalThis.EventSource = real;
    delete document.hidden;
  }
}

export function hide(isHidden) {
  Object.defineProperty(document, 'hidden', { configurable: true, value: isHidden });
  document.dispatchEvent(new Event('visibilitychange'));
}
