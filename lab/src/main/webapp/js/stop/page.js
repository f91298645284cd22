import { listProducts } from '../api.js';
import { element, replaceContent } from '../element.js';
import { say, translatePage } from '../language.js';
import { renderMasthead } from '../masthead.js';
import { HAS_DATABASES } from '../offers.js';
import { PAGES } from '../pages.js';
import { ProductNames } from '../product-names.js';
import { currentSession, refreshSession, sessionAsked } from '../session.js';
import '../strings/journal.js';
import '../strings/shop.js';
import '../strings/stop.js';
import { askForHold, beginHold, endHold } from './operator-api.js';
import { recorded } from './recorded.js';
import { isOver, Stage } from './stage.js';

const LOOK_EVERY_MILLIS = 500;

const byId = (id) => document.getElementById(id);

const names = new ProductNames(() => stage.render());

/** What was recorded is about none of the shop's. */
const stage = new Stage((productId) => (productId < 0 ? say('picture.example.product') : names.of(productId)));
let products = [];
let holdId = new URLSearchParams(location.hash.slice(1)).get('hold');
let refusal;
let breaking;
let recordedAs;

function render() {
  translatePage();
  renderMasthead(PAGES, render);
  renderAccess();
  renderProducts();
  renderRefusal();
  if (recordedAs) {
    showRecorded(recordedAs);
  }
  stage.render();
  breaking?.render();
}

document.querySelector('input[value=PREPARED]').closest('label').hidden = !HAS_DATABASES;

function renderAccess() {
  const { operator } = currentSession();
  const link = element('a', { href: `login.html?from=${encodeURIComponent(`stop.html${location.hash}`)}` }, say('masthead.logIn'));
  replaceContent(byId('login-needed'), say(holdId ? 'stop.loginForHold' : 'stop.loginNeeded'), ' ', link);
  byId('login-needed').hidden = Boolean(operator);
  byId('stop').hidden = !operator && Boolean(holdId);
  byId('stop-own').hidden = !operator;
  byId('stop-recorded').hidden = !recordedAs;
}

/** Who may hold nothing can see what it is like. */
function showRecorded(how) {
  recordedAs = how;
  const hold = recorded[how];
  stage.show({ ...hold, order: { ...hold.order, orderName: say('stop.orderName') } });
  byId('stop-again').hidden = !isOver(hold);
}

function replay() {
  stage.clear();
  showRecorded('held');
}

function renderProducts() {
  const select = byId('stop-product');
  const chosen = select.value;
  const options = products.map(({ productId, productName: name, productNums }) =>
    element('option', { value: productId }, `${name} · ${say('products.inStock', { count: productNums })}`),
  );
  select.replaceChildren(...options);
  select.value = options.some((option) => option.value === chosen) ? chosen : (options[0]?.value ?? '');
}

function renderRefusal() {
  const words = {
    'too-many-holds': 'stop.tooMany',
    'login-required': 'stop.loginNeeded',
    'not-placed': 'stop.words.REFUSED',
    invalid: 'quantity.invalid',
  };
  const { min, max } = byId('stop-quantity');
  byId('stop-quantity').setAttribute('aria-invalid', refusal === 'invalid');
  byId('stop-refusal').textContent = refusal ? say(words[refusal] ?? 'stop.noAnswer', { min: Number(min), max: Number(max) }) : '';
}

async function loadProducts() {
  try {
    products = await listProducts();
    names.learn(products);
    renderProducts();
    stage.render();
    breaking?.render();
  } catch {
    refuse('no-answer');
  }
}

function refuse(kind) {
  refusal = kind;
  renderRefusal();
}

async function submit(event) {
  event.preventDefault();
  if (!byId('stop-quantity').validity.valid) {
    refuse('invalid');
    byId('stop-quantity').focus();
    return;
  }
  refuse(undefined);
  const entries = new FormData(event.target);
  const answer = await beginHold({
    productId: Number(entries.get('productId')),
    quantity: Number(entries.get('quantity')),
    orderName: say('stop.orderName'),
    at: entries.get('at'),
  });
  if (answer.kind !== 'held') {
    refuse(answer.kind);
    return;
  }
  history.replaceState(null, '', `#hold=${answer.holdId}`);
  stage.clear();
  watch(answer.holdId);
}

/** Looks at a hold until it is over, for an operator; a later one takes its place. */
async function watch(id) {
  holdId = id;
  while (holdId === id) {
    const answer = await askForHold(id);
    if (answer.kind === 'login-required') {
      await refreshSession(); // then the page says who may see it
    }
    if (holdId !== id || !currentSession().operator) {
      return;
    }
    if (answer.kind === 'hold') {
      stage.show(answer.hold);
    } else {
      stage.fail(answer.kind);
    }
    if (answer.kind === 'no-such-hold' || (answer.kind === 'hold' && isOver(answer.hold))) {
      loadProducts();
      return;
    }
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MILLIS));
  }
}

async function end(how) {
  byId('stage-title').focus();
  if (recordedAs) {
    showRecorded(how);
    return;
  }
  const answer = await endHold(holdId, how);
  if (answer.kind !== 'ended' && answer.kind !== 'not-held') {
    refuse(answer.kind);
  }
}

async function start() {
  await sessionAsked();
  renderAccess();
  if (!currentSession().operator) {
    if (!holdId) {
      replay();
      renderAccess();
    }
    return;
  }
  if (currentSession().demo) {
    const { Breaking } = await import('../break/breaking.js');
    breaking = new Breaking(byId('break'), names.of, () => products, loadProducts);
  }
  await loadProducts();
  if (holdId) {
    watch(holdId);
  }
}

byId('stop-form').addEventListener('submit', submit);
byId('stage-commit').addEventListener('click', () => end('commit'));
byId('stage-rollback').addEventListener('click', () => end('rollback'));
byId('stop-again').addEventListener('click', replay);
document.addEventListener('session', renderAccess);
render();
start();
