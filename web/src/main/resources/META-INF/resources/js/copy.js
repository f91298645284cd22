import { element, setText } from './element.js';
import { say } from './language.js';

const TOLD_MILLIS = 3_000;

/** An id with a button that copies it. `within` is what it stands in, in words of an element id, wherever the page may show the same id twice. */
export function copyable(text, ...within) {
  const code = element('code', {}, text);
  return element(
    'span',
    { className: 'copyable' },
    code,
    ' ',
    copyButton(text, () => code, ...within),
  );
}

/** A button that copies a text. `shownIn` gives the element that shows it: there the reader can mark it where copying is not allowed. */
export function copyButton(text, shownIn, ...within) {
  const aloud = element('span', { className: 'unseen' });
  aloud.setAttribute('aria-live', 'polite');
  const button = element('button', { type: 'button', className: 'copy', id: ['copy', ...within, text].join('-') }, say('copy.copy'));
  button.addEventListener('click', async () => {
    const told = say((await copy(text, shownIn)) ? 'copy.done' : 'copy.marked');
    setText(button, told);
    setText(aloud, told);
    setTimeout(() => {
      setText(button, say('copy.copy'));
      setText(aloud, '');
    }, TOLD_MILLIS);
  });
  return element('span', {}, button, aloud);
}

/** Resolves to whether it is copied; if not, it is marked, and the reader's own keys can copy it. */
async function copy(text, shownIn) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers withhold the clipboard on plain http beyond localhost.
    getSelection().selectAllChildren(shownIn());
    return document.execCommand('copy');
  }
}
