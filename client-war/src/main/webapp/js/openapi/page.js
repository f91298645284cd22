import { replaceContent, setText } from '../element.js';
import { say, translatePage } from '../language.js';
import { renderMasthead } from '../masthead.js';
import { PAGES } from '../pages.js';
import { readJson } from '../request.js';
import '../strings/shop.js';
import { apiParts } from './view.js';

const byId = (id) => document.getElementById(id);

/** 'reading', 'absent', or 'there'. */
let state = 'reading';

function render() {
  translatePage();
  document.title = `${say('openapi.title')} – Lockstep`;
  renderMasthead(PAGES, render);
  setText(byId('words'), state === 'there' ? '' : say(`openapi.${state}`));
}

async function read() {
  try {
    replaceContent(byId('document'), ...apiParts(await readJson('openapi?format=JSON')));
    state = 'there';
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  } catch {
    state = 'absent';
  }
  render();
}

render();
read();
