import { replaceContent, setText } from '../element.js';
import { say, translatePage } from '../language.js';
import { renderMasthead } from '../masthead.js';
import { apiParts } from './view.js';

const READ_WITHIN_MILLIS = 10_000;

const byId = (id) => document.getElementById(id);

/** 'reading', 'absent', or 'there'. */
let state = 'reading';

function render() {
  translatePage();
  document.title = `${say('openapi.title')} – Lockstep`;
  renderMasthead(render);
  setText(byId('words'), state === 'there' ? '' : say(`openapi.${state}`));
}

async function read() {
  try {
    const response = await fetch('openapi?format=JSON', { signal: AbortSignal.timeout(READ_WITHIN_MILLIS) });
    replaceContent(byId('document'), ...apiParts(await response.json()));
    state = 'there';
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  } catch {
    state = 'absent';
  }
  render();
}

render();
read();
