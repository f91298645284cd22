import { carry, inAddress } from '../address.js';
import { readFlow, readTransaction, transactionOf } from '../console/api.js';
import { replaceContent, setText } from '../element.js';
import { say, translatePage } from '../language.js';
import { LiveStream } from '../live-stream.js';
import { renderMasthead } from '../masthead.js';
import { PAGES } from '../pages.js';
import { ProductNames } from '../product-names.js';
import '../strings/journal.js';
import '../strings/picture.js';
import { drawAxis } from './axis.js';
import { Board } from './board.js';
import { Detail } from './detail.js';
import { Example } from './example.js';
import { carryFilter, filterInAddress, Filters, isFiltering } from './filters.js';
import { legend, shortLegend } from './legend.js';
import { RowList } from './list.js';
import { Rate } from './rate.js';
import { hatching } from './svg.js';

const BEAT_MILLIS = 200;
const WIDE = matchMedia('(width >= 60rem)');

const byId = (id) => document.getElementById(id);

const names = new ProductNames(renderNames);

/** The recorded order is about none of the shop's. */
const productNameOf = (productId) => (productId < 0 ? say('picture.example.product') : names.of(productId));

let isAsked = false;
let drawn;
let known = '';
let wanted = true;
const board = new Board();
const rate = new Rate();
const detail = new Detail(byId('detail'), productNameOf, readFlow);
const rows = new RowList(byId('rows'), productNameOf, (id) => show(board.story(id)));
const example = new Example(byId('example'), (story, moment) => detail.show(story, moment));
const filters = new Filters(byId('filters'), choose);
const stream = new LiveStream('api/transactions/events', {
  event: 'transactions',
  received,
  changed: renderState,
});

function choose(filter) {
  carryFilter(filter);
  filterBy(filter);
}

function filterBy(filter) {
  board.filter = filter;
  board.refill(Date.now());
  draw();
}

function show(story) {
  carry({ transaction: story.globalId });
  detail.show(story);
}

/** What ended while the page was hidden may not be told any more: the server is asked for it. */
function received(message, isFirst) {
  take(message);
  if (isFirst) {
    const told = new Set(message.open.map(({ globalId }) => globalId));
    board
      .underWay()
      .filter((id) => !told.has(id))
      .forEach(ask);
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

/** Opens what the address names, once: a transaction, or the ticket or the order of this id. */
async function openWanted() {
  const orderId = new URLSearchParams(location.search).get('order');
  const named = inAddress('transaction') || orderId;
  if (!wanted || !named) {
    return;
  }
  wanted = false;
  const id = board.story(named) || named !== orderId ? named : await transactionOf(orderId).catch(() => undefined);
  if (id && !board.story(id)) {
    await ask(id);
  }
  const story = board.story(id);
  byId('unknown').hidden = Boolean(story);
  if (story) {
    show(story);
  }
}

/** The stream is but a sample. */
async function ask(id) {
  const told = await readTransaction(id).catch(() => undefined);
  if (told && [...told.steps, ...(told.messages ?? [])].length) {
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
  const isKnown = board.process !== undefined;
  byId('empty').hidden = !isKnown || board.size > 0;
  byId('unmatched').hidden = ids.length > 0 || board.size === 0;
  byId('axis').hidden = ids.length === 0;
  if (!byId('empty').hidden) {
    example.render();
  }
  renderFilters();
}

function renderFilters() {
  const ids = board.productIds();
  if (ids.join() !== known) {
    known = ids.join();
    filters.render(board.filter, ids, productNameOf);
  }
}

/** Who hears nothing cannot tell how much there is. */
function renderRate() {
  const { ended, shown } = rate.perSecond(Date.now());
  const isSampled = shown < ended;
  const words = ended === 0 ? 'picture.rate.quiet' : isSampled ? 'picture.rate.sampled' : 'picture.rate.all';
  const isHeld = board.isPaused && board.waiting > 0;
  const said = isHeld ? say('picture.waiting', { count: board.waiting }) : say(words, { ended, shown });
  setText(byId('rate'), stream.state.kind === 'live' ? said : '');
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
  renderMasthead(PAGES, render);
  replaceContent(byId('legend-short'), ...shortLegend());
  replaceContent(byId('legend'), ...legend());
  renderState();
  renderPause();
  renderRate();
  renderNames();
}

/** All that mentions products. */
function renderNames() {
  filters.render(board.filter, board.productIds(), productNameOf);
  rows.forgetDrawn();
  draw();
  detail.render();
}

/** Where there is room for the filter it is open; elsewhere it is, if it leaves something out. */
function unfoldFilter() {
  byId('filter-fold').open = WIDE.matches || isFiltering(board.filter);
}

/** Who writes another address into this window wants to see what that shows. */
function addressChanged() {
  wanted = true;
  filterBy(filterInAddress());
  filters.render(board.filter, board.productIds(), productNameOf);
  unfoldFilter();
  if (!inAddress('transaction')) {
    byId('detail').close();
  }
  openWanted();
}

function listen() {
  const list = byId('rows');
  ['pointerenter', 'pointerleave', 'focusin', 'focusout'].forEach((name) => list.addEventListener(name, () => setTimeout(renderPause)));
  byId('detail').addEventListener('close', () => {
    renderPause();
    carry({ transaction: '' });
  });
  byId('detail').addEventListener('toggle', renderPause);
  list.addEventListener('resized', draw);
  byId('pause').addEventListener('click', () => {
    isAsked = !isAsked;
    renderPause();
  });
  WIDE.addEventListener('change', unfoldFilter);
  window.addEventListener('hashchange', addressChanged);
}

document.body.append(hatching());
listen();
board.filter = filterInAddress();
unfoldFilter();
render();
stream.start();
setInterval(beat, BEAT_MILLIS);
