import { element, replaceContent } from './element.js';
import { renew } from './in-place.js';
import { say, translatePage } from './language.js';
import { renderLanguageSwitch } from './language-switch.js';
import { request } from './request.js';
import './strings/bank.js';

/** The scope may take 20 s, its outcome is asked for during 10 s more, and then both banks are. */
const WITHIN_MILLIS = 60_000;
const LOOK_EVERY_MILLIS = 1_000;
const MOST = 1_000_000;
const REASONS = ['not-enough', 'taken', 'wrong-data'];

const byId = (id) => document.getElementById(id);

/** What the banks told last; undefined until they were asked. */
let balances;
/** `kind` is '', 'busy', 'done', 'no' with a `reason`, or 'open' with the `id` of the transfer to look for. */
let result = { kind: '' };

async function transfer(event) {
  event.preventDefault();
  if (result.kind === 'busy') {
    return;
  }
  const amount = Number(byId('amount').value);
  if (!Number.isInteger(amount) || amount < 1 || amount > MOST) {
    show({ kind: 'no', reason: 'wrong-data' });
    return;
  }
  const id = crypto.randomUUID?.() ?? randomId();
  const way = new FormData(byId('transfer')).get('way');
  await ask(id, 'api/transfers', { content: { id, way, amount }, withinMillis: WITHIN_MILLIS });
}

/** Browsers have no randomUUID() on plain http beyond localhost. */
function randomId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
}

async function ask(id, url, options) {
  show({ kind: 'busy' });
  const { status, kind } = await request(url, options);
  if (status === 201) {
    show({ kind: 'done' });
  } else if (status === 409) {
    show({ kind: 'no', reason: kind });
  } else {
    show({ kind: 'open', id });
  }
  await look();
}

async function look() {
  const { status, body } = await request('api/balances');
  balances = status === 200 ? body : {};
  renderBalances();
}

function show(shown) {
  result = shown;
  renderResult();
}

function renderResult() {
  const { kind, reason, id } = result;
  byId('send').setAttribute('aria-disabled', kind === 'busy');
  byId('result').dataset.kind = kind;
  const words = {
    busy: () => [say('bank.busy')],
    done: () => [say('bank.done')],
    no: () => [say('bank.no'), ' ', REASONS.includes(reason) ? say(`bank.why.${reason}`, { most: MOST }) : say('bank.why.failed')],
    open: () => [say('bank.open'), ' ', lookButton(id)],
  };
  replaceContent(byId('result'), words[kind]?.() ?? []);
}

function lookButton(id) {
  const button = element('button', { type: 'button', id: 'look', className: 'copy' }, say('bank.look'));
  button.addEventListener('click', () => ask(id, `api/transfers/${id}`));
  return button;
}

function renderBalances() {
  if (!balances) {
    return;
  }
  const { a, b } = balances;
  renderAmount(byId('balance-a'), a);
  renderAmount(byId('balance-b'), b);
  renderAmount(byId('sum'), a === undefined || b === undefined ? undefined : a + b);
}

function renderAmount(target, amount) {
  target.classList.toggle('away', amount === undefined);
  renew(target, amount === undefined ? say('bank.away') : say('bank.money', { amount }));
}

function render() {
  translatePage();
  document.title = say('bank.title');
  byId('languages').setAttribute('aria-label', say('language.label'));
  renderLanguageSwitch(byId('languages'), render);
  renderResult();
  renderBalances();
}

byId('transfer').addEventListener('submit', transfer);
render();
look();
setInterval(() => document.hidden || look(), LOOK_EVERY_MILLIS);
