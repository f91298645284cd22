import { element, replaceContent } from './element.js';
import { say, translatePage } from './language.js';
import { renderMasthead } from './masthead.js';
import { PAGES } from './pages.js';
import { currentSession, logIn, sessionAsked } from './session.js';
import './strings/login.js';

const KINDS = ['login-failed', 'login-limited', 'missing', 'busy'];

const byId = (id) => document.getElementById(id);

let outcome;

function render() {
  translatePage();
  renderMasthead(PAGES, render);
  renderOutcome();
}

function renderOutcome() {
  const kind = outcome && (KINDS.includes(outcome.kind) ? outcome.kind : 'no-answer');
  const words = kind ? [element('p', {}, say(`login.${kind}`, { seconds: outcome.waitSeconds }))] : [];
  byId('login-result').dataset.kind = kind ?? '';
  replaceContent(byId('login-result'), ...words);
  for (const id of ['name', 'password']) {
    byId(id).setAttribute('aria-invalid', kind === 'login-failed' || (kind === 'missing' && !byId(id).value));
  }
  byId('login-submit').setAttribute('aria-disabled', kind === 'busy');
}

function report(reported) {
  outcome = reported;
  renderOutcome();
}

async function submit(event) {
  event.preventDefault();
  if (outcome?.kind === 'busy') {
    return;
  }
  const [name, password] = [byId('name').value.trim(), byId('password').value.trim()];
  if (!name || !password) {
    report({ kind: 'missing' });
    byId(name ? 'password' : 'name').focus();
    return;
  }
  report({ kind: 'busy' });
  const answer = await logIn(name, password);
  if (answer.kind === 'logged-in') {
    location.replace(whereFrom());
    return;
  }
  report(answer);
  byId('password').select();
}

/** The page one came from, if it is a page of this site; the order page otherwise. */
function whereFrom() {
  const home = new URL('./', location.href);
  const from = new URLSearchParams(location.search).get('from') ?? '';
  // Relative only: neither a scheme, nor another host, nor what a browser takes for one.
  const isOurs = /^[a-z0-9-]*(\.html)?([?#].*)?$/i.test(from) && !from.startsWith('login.html');
  const page = isOurs ? new URL(from, home) : home;
  return page.origin === location.origin ? page.href : home.href;
}

byId('login-form').addEventListener('submit', submit);
render();
await sessionAsked();
if (currentSession().operator) {
  location.replace(whereFrom());
}
