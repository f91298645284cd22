import { listProducts } from '../api.js';
import { readTransaction } from '../console/api.js';
import { replaceContent, setText } from '../element.js';
import { say, translatePage } from '../language.js';
import { LiveStream } from '../live-stream.js';
import { renderMasthead } from '../masthead.js';
import { productName } from '../products.js';
import { drawAxis } from './axis.js';
import { Board } from './board.js';
import { Detail } from './detail.js';
import { Filters } from './filters.js';
import { legend } from './legend.js';
import { RowList } from './list.js';
import { Rate } from './rate.js';
import { hatching } from './svg.js';

const BEAT_MILLIS = 200;

const byId = (id) => document.getElementById(id);
const productNameOf = (productId) => productName(products, productId);

let products = [];
let isAsked = false;
let drawn;
let known = '';
let wanted = new URLSearchParams(location.hash.slice(1)).get('transaction');
const board = new Board();
const rate = new Rate();
const detail = new Detail(byId('detail'), productNameOf);
const rows = new RowList(byId('rows'), productNameOf, (id) => detail.show(board.story(id)));
const filters = new Filters(byId('filters'), board.filter, (filter) => {
  board.filter = filter;
  board.refill(Date.now());
  draw();
});
const stream = new LiveStream('api/transactions/events', {
  event: 'transactions',
  received,
  changed: renderState,
});

/** What ended while the page was hidden may not be told any more: the server is asked for it. */
function received(message, isFirst) {
  take(message);
  if (isFirst) {
    const told = new Set(message.open.map(({ globalId }) => globalId));
    board.underWay().filter((id) => !told.has(id)).forEach(ask);
  }
}

function take(message) {
  const isFirst = board.process === undefined;
  const changed = board.take(message, Date.now());
  rate.add(message.ended + message.served, Date.now());
  if (isFirst) {
    board.refill(Date.now());
    openWanted();
  }
  if (changed.has(detail.id)) {
    detail.update(board.story(detail.id));
  }
}

/** Opens the transaction that the address names. */
async function openWanted() {
  if (!wanted) {
    return;
  }
  const id = wanted;
  wanted = undefined;
  if (!board.story(id)) {
    await ask(id);
  }
  const story = board.story(id);
  byId('unknown').hidden = Boolean(story);
  if (story) {
    detail.show(story);
  }
}

/** The stream is but a sample. */
async function ask(id) {
  const told = await readTransaction(id).catch(() => undefined);
  if (told?.steps.length) {
    take({ process: board.process, ended: 0, shown: [told], open: [], served: 0, tickets: [] });
  }
}

/** Everything is drawn in beats, however much arrives, and only while somebody can see it. */
function beat() {
  const came = board.beat(Date.now());
  rate.show(came, Date.now());
  requestAnimationFrame(drawBeat);
}

function drawBeat() {
  renderRate();
  if (drawn !== board.edition || rows.isAgeing) {
    draw();
  }
}

function draw() {
  drawn = board.edition;
  const ids = board.rows();
  rows.render(ids, (id) => board.story(id), Date.now());
  drawAxis(byId('axis'), rows.pictureWidth, rows.shared);
  const isFiltered = board.size > 0;
  byId('empty').hidden = ids.length > 0 || isFiltered;
  byId('unmatched').hidden = ids.length > 0 || !isFiltered;
  byId('axis').hidden = ids.length === 0;
  renderFilters();
}

function renderFilters() {
  const ids = board.productIds();
  if (ids.join() !== known) {
    known = ids.join();
    filters.render(ids, productNameOf);
  }
}

function renderRate() {
  const { ended, shown } = rate.perSecond(Date.now());
  const isSampled = shown < ended;
  const words = ended === 0 ? 'picture.rate.quiet' : isSampled ? 'picture.rate.sampled' : 'picture.rate.all';
  const isHeld = board.isPaused && board.waiting > 0;
  setText(byId('rate'), isHeld ? say('picture.waiting', { count: board.waiting }) : say(words, { ended, shown }));
}

function renderState() {
  const { kind } = stream.state;
  byId('live').dataset.state = kind;
  setText(byId('live'), say(`picture.live.${kind}`));
}

function renderPause() {
  board.isPaused = isAsked || byId('rows').matches(':hover, :focus-within') || byId('detail').open;
  byId('pause').setAttribute('aria-pressed', isAsked);
  setText(byId('pause'), say(isAsked ? 'picture.resume' : 'picture.pause'));
  byId('rows').classList.toggle('paused', board.isPaused);
}

function render() {
  translatePage();
  renderMasthead(render);
  replaceContent(byId('legend'), ...legend());
  filters.render(board.productIds(), productNameOf);
  rows.forgetDrawn();
  renderState();
  renderPause();
  renderRate();
  draw();
  detail.render();
}

function listen() {
  const list = byId('rows');
  ['pointerenter', 'pointerleave', 'focusin', 'focusout'].forEach((name) =>
    list.addEventListener(name, () => setTimeout(renderPause)),
  );
  byId('detail').addEventListener('close', () => {
    renderPause();
    history.replaceState(null, '', location.pathname);
  });
  byId('detail').addEventListener('toggle', renderPause);
  list.addEventListener('resized', draw);
  byId('pause').addEventListener('click', () => {
    isAsked = !isAsked;
    renderPause();
  });
}

document.body.append(hatching());
listen();
render();
stream.start();
setInterval(beat, BEAT_MILLIS);
listProducts().then((loaded) => {
  products = loaded;
  render();
}, () => undefined); // Without names products have numbers.
