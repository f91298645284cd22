import { carry, inAddress } from '../address.js';
import { replaceContent } from '../element.js';
import { translatePage } from '../language.js';
import { HAS_TICKETS } from '../offers.js';
import { LiveLine } from '../live-line.js';
import { LiveStream } from '../live-stream.js';
import { renderMasthead } from '../masthead.js';
import { PAGES } from '../pages.js';
import { ProductNames } from '../product-names.js';
import { ProductSearch } from '../product-search.js';
import { Region } from '../region.js';
import { currentSession } from '../session.js';
import '../strings/console.js';
import '../strings/journal.js';
import '../strings/subject.js';
import { readAudit, readBranches, readFlows, readStatistics, readTickets, readTransactions, retryTicket } from './api.js';
import { auditList } from './audit.js';
import { Detail } from './detail.js';
import { doubts } from './doubts.js';
import { flowBoard } from './flows.js';
import { Pulse } from './pulse.js';
import { RefuseDialog } from './refuse.js';
import { ResetDialog } from './reset.js';
import { ResolveDialog } from './resolve.js';
import { statisticsBand } from './statistics.js';
import { ticketBand } from './tickets.js';
import { pager, stateChips, transactionTable } from './transactions.js';
import { STATES } from './words.js';

const LISTED = 50;
const SECOND = 1000;

const byId = (id) => document.getElementById(id);

let chosenState;
let offset = 0;

const names = new ProductNames(() => [tickets, transactions, detail].forEach((part) => part.render()));
const productSearch = new ProductSearch(names, () => transactions.refresh());
const pulse = new Pulse();
const liveLine = new LiveLine(byId('live'), byId('live-announcement'));
const isOperator = () => Boolean(currentSession().operator);

const detail = new Detail(byId('transaction-detail'), names.of);
const resolveDialog = new ResolveDialog(byId('branch-resolve'), () => {
  branches.refresh();
  audit.refresh();
  transactions.refresh();
});
const resetDialog = new ResetDialog(byId('statistics-question'), () => {
  statistics.refresh();
  audit.refresh();
});
const refuseDialog = new RefuseDialog(byId('ticket-refuse'), names.of, () => tickets.refresh());

/** A part that is read every second. */
const again = (element, read, content) => new Region(element, read, content, { isRepeated: true });

const statistics = again(byId('statistics'), readStatistics, (known) =>
  statisticsBand(known, isOperator() ? () => resetDialog.open() : undefined, pulse.away.length > 0),
);
const branches = again(byId('doubts'), readBranches, (known, at) => doubts(known, isOperator() ? (branch) => resolveDialog.open(branch) : undefined, at));
const flows = again(byId('flows'), readFlows, (known) => {
  byId('flows').closest('section').hidden = !known.on;
  return known.on ? flowBoard(known) : [];
});
const tickets = again(
  byId('tickets'),
  () => readTickets(isOperator()),
  (known) => ticketBand(known, names.of, isOperator() ? { retry, refuse: (ticket) => refuseDialog.open(ticket) } : undefined),
);
const transactions = again(byId('transactions'), readPage, ({ counts, transactions: shown, from }, at) => {
  byId('state-filter').dataset.old = at !== undefined;
  replaceContent(byId('state-filter'), ...stateChips(counts, chosenState, chooseState));
  return [
    ...transactionTable(shown, names.of, (globalId) => detail.open(globalId)),
    ...pager({ offset: from, shown: shown.length, total: total(counts), size: LISTED }, turn),
  ];
});
const audit = again(
  byId('audit'),
  async () => (isOperator() ? { actions: await readAudit() } : {}),
  ({ actions }) => auditList(actions),
);
/** They are read every second. */
const alive = [statistics, branches, transactions, flows, ...(HAS_TICKETS ? [tickets] : [])];
const views = [...alive, audit];

function filter() {
  const text = byId('transaction-search').value.trim();
  return { states: chosenState ? [chosenState] : [], text, products: productSearch.like(text), offset, limit: LISTED };
}

/** The page that is wanted, or the last one if there are not so many any more. */
async function readPage() {
  const asked = filter();
  const known = await readTransactions(asked);
  const last = Math.max(0, Math.ceil(total(known.counts) / LISTED) - 1) * LISTED;
  if (asked.offset > last && asked.offset === offset) {
    offset = last;
    return readPage();
  }
  return { ...known, from: asked.offset };
}

const total = (counts) => (chosenState ? [chosenState] : STATES).reduce((sum, state) => sum + (counts[state] ?? 0), 0);

function chooseState(state) {
  chosenState = state;
  turn(0);
}

function turn(to) {
  offset = to;
  carry({ state: chosenState, text: byId('transaction-search').value.trim(), from: offset && offset + 1 });
  transactions.refresh();
}

/** What the address carries is shown; what it cannot mean is as if it were not there. */
function showAddress() {
  chosenState = STATES.find((state) => state === inAddress('state'));
  byId('transaction-search').value = inAddress('text');
  offset = Math.max(0, Number.parseInt(inAddress('from'), 10) - 1 || 0);
  const wanted = inAddress('transaction');
  if (wanted) {
    detail.open(wanted);
  } else {
    byId('transaction-detail').close();
  }
}

async function retry({ ticketId }) {
  await retryTicket(ticketId); // The list says whether it was done.
  tickets.refresh();
}

/** What is seen is at most a second old, or the page says so. */
function renderPulse() {
  liveLine.show(pulse.state, pulse.away);
  views.forEach((view) => (view.isAway = pulse.isServerAway));
}

async function tick() {
  if (!document.hidden) {
    const answered = await Promise.all(alive.map((view) => view.refresh()));
    const silent = answered[1] ? branches.known.silent.map(({ participant }) => participant) : [];
    pulse.beat({ isHeard: answered.includes(true), isWhole: !answered.includes(false), silent });
    await detail.refresh();
  }
  renderPulse();
}

async function keepTicking() {
  const began = Date.now();
  await tick();
  setTimeout(keepTicking, Math.max(100, SECOND - (Date.now() - began)));
}

function render() {
  translatePage();
  renderMasthead(PAGES, render);
  views.forEach((view) => view.render());
  renderPulse();
}

/** What happens is seen at once, and not at the next second. */
function listen() {
  let isDue = false;
  const received = () => {
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(async () => {
        await transactions.refresh();
        setTimeout(() => (isDue = false), SECOND / 2);
      });
    }
  };
  new LiveStream('api/transactions/events', { event: 'transactions', received }).start();
}

byId('transaction-search').addEventListener('input', () => turn(0));
window.addEventListener('hashchange', () => {
  showAddress();
  transactions.refresh();
});
document.addEventListener('visibilitychange', () => document.hidden || tick());
document.addEventListener('session', () => {
  statistics.render();
  branches.render();
  audit.refresh();
  if (HAS_TICKETS) {
    tickets.refresh();
  }
});
setInterval(renderPulse, SECOND);

byId('tickets').closest('section').hidden = !HAS_TICKETS;
render();
showAddress();
audit.refresh();
listen();
keepTicking();
