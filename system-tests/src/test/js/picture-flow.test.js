import { drawPicture } from '/js/picture/draw.js';
import { flowLanesOf, flowShapesOf } from '/js/picture/flow-shapes.js';
import { resultOfLetter } from '/js/picture/flow.js';
import { databaseName, laneName } from '/js/picture/format.js';
import { spoken, spokenSummary } from '/js/picture/spoken.js';
import { factsOf } from '/js/picture/titles.js';
import { sentencesOf } from '/js/picture/words.js';
import { equal, holds, inEach, test } from './cases.js';
import { flows } from './flows.js';
import { vocabulary } from './java.js';
import { BEGAN } from './stories.js';
import { strings } from './strings.js';

const NOW = Date.parse(BEGAN) + 60_000;
const SIZES = [{ width: 260, shared: 50 }, { width: 900, shared: 5000 }, { width: 460 }, { width: 1300 }];
const large = (name) => drawPicture(flows[name], { width: 1300, now: NOW });
const lettersOf = (name, wanted) => flows[name].letters.filter(({ kind }) => kind === wanted);

test('each flow can be drawn, in each language and at each size, within the picture and with numbers that are numbers', () => {
  for (const [name, story] of Object.entries(flows)) {
    for (const size of SIZES) {
      inEach(() => {
        const { outerHTML } = drawPicture(story, { ...size, now: NOW }).picture;
        holds(!/undefined|NaN|Infinity|\{\w+\}/.test(outerHTML), `${name} at ${size.width}: ${outerHTML}`);
        holds(!/ (width|height|r|rx)="-/.test(outerHTML), `${name} at ${size.width} has a negative size: ${outerHTML}`);
        holds(!/>picture\./.test(outerHTML), `${name} shows a key: ${outerHTML}`);
        const words = sentencesOf(story).map((sentence) => spoken(sentence, (id) => `Product ${id}`));
        holds(!words.some((each) => /undefined|\{\w+\}|picture\./.test(each)), words.join('\n'));
      });
    }
  }
});

test('each server is a machine of its own: first the one where it began, then those it called, each with the databases it told of', () => {
  const order = ['coordinator@client', 'coordinator@product', 'product@product', 'coordinator@order', 'orders@order'];
  equal(flowLanesOf(flows['A flow that all tell of']), ['client', ...order]);
  equal(flowLanesOf(flows['A flow as the holder sees it']), order, 'who waits for an answer is known to the first server alone');
  equal(flowLanesOf(flows['A chain']), ['client', 'coordinator@client', 'coordinator@order', 'orders@order', 'coordinator@product', 'product@product']);
  equal(flowLanesOf(flows['A flow, and nobody was asked']), ['client', 'coordinator@client', 'coordinator@product', 'coordinator@order']);
});

test('a message that both ends have told is one, and as long under way as both say', () => {
  const [ask] = lettersOf('A flow that all tell of', 'PREPARE');
  equal([ask.sender, ask.receiver, ask.from, ask.received, ask.replied, ask.to, ask.outcome], ['client', 'product', 11, 11.3, 13.7, 14, 'PREPARED']);
  equal(flows['A flow that all tell of'].letters.length, 7);
  equal(flows['A flow as the holder sees it'].letters.length, 7, 'order’s and product’s are told by client');
});

test('a row says that it flowed before its name, which may be cut off', () => {
  const facts = factsOf(flows['A flow as the holder sees it']);
  equal([facts[1], facts[2]], ['Flow, 3 servers', '4871251_product']);
});

test('work before this server took part is no doubt', () => {
  const shapes = flowShapesOf(flows['A flow that began before this server took part']);
  holds(
    shapes.some(({ form, lane, from }) => form === 'locks' && lane === 'product@product' && from < 0),
    'it began earlier',
  );
  equal(
    shapes.filter(({ form }) => form === 'doubt'),
    [],
  );
});

test('nobody waits until a decision is forgotten: it is drawn, and the flow did not take so long', () => {
  const story = flows['The decision is forgotten a second later'];
  holds(spokenSummary(story).includes('30 ms'), spokenSummary(story));
  equal(lettersOf('The decision is forgotten a second later', 'FORGET').length, 1);
  const lives = flowShapesOf(story).filter(({ form }) => form === 'life');
  holds(lives.length === 3 && lives.every(({ until }) => until < 30), JSON.stringify(lives));
});

test('what only its receiver has told is drawn, too', () => {
  const [work, ask] = lettersOf('The holder lost its patience', 'WORK').concat(lettersOf('The holder lost its patience', 'PREPARE'));
  equal([work.sender, work.receiver, ask.sender], ['client', 'product', 'client']);
});

test('a link that is cut breaks the arrow: on the way there if nothing was received, else on the way back', () => {
  const [there] = lettersOf('The link was cut, and it was healed', 'COMMIT').filter(({ receiver }) => receiver === 'order');
  equal([resultOfLetter(there), there.received], ['cut', undefined]);
  const [back] = lettersOf('The link was cut after the message', 'COMMIT').filter(({ receiver }) => receiver === 'order');
  equal([resultOfLetter(back), back.received], ['cut', 22.3]);
  const arrows = (name) => [...large(name).picture.querySelectorAll('.letter.commit.cut')].map((arrow) => arrow.getAttribute('d').split('M').length - 1);
  equal(arrows('The link was cut, and it was healed'), [1], 'one stroke without a point');
  equal(arrows('The link was cut after the message'), [3, 1], 'an arrow there, and half of one back');
  equal(large('The link was cut, and it was healed').picture.querySelector('.letter-label.cut').textContent, 'cut off');
  equal(large('A flow that all tell of').picture.querySelectorAll('.cut').length, 0);
});

test('whose events are missing is said, and that lane has none; a server that was not asked yet is no missing one', () => {
  const missing = flows['A peer’s events are missing'].machines.find(({ server }) => server === 'order');
  equal([missing.isMissing, missing.reason, missing.steps], [true, 'order is no peer of this server', []]);
  const words = (name) => [...large(name).picture.querySelectorAll('.dead-label')].map(({ textContent }) => textContent);
  equal(words('A peer’s events are missing'), ['its events are missing']);
  equal(words('A flow, and nobody was asked'), ['not asked yet', 'not asked yet']);
  equal(large('A peer’s events are missing').picture.querySelectorAll('.machine.missing').length, 1);
});

test('a clock that is off is set right by the messages, and one that may be right is believed', () => {
  const story = flows['A clock is five seconds ahead'];
  const shifts = Object.fromEntries(story.machines.map(({ server, shift }) => [server, Math.round(shift)]));
  equal(shifts, { client: 0, product: 0, order: -5000 });
  const prepared = story.steps.find(({ kind, server }) => kind === 'PREPARE' && server === 'order');
  holds(prepared.from > 14 && prepared.to < 18, `prepared from ${prepared.from} to ${prepared.to}`);
  holds(story.end < 40, `ends at ${story.end}`);
});

test('what real servers told fits together: each message has both its ends, in the order of the table', () => {
  const { letters, machines, everywhere } = flows['A flow that was recorded'];
  equal(
    letters.map(({ kind, receiver }) => `${kind} ${receiver}`),
    ['WORK product', 'WORK order', 'PREPARE product', 'PREPARE order', 'COMMIT product', 'COMMIT order'],
  );
  holds(
    letters.every(({ from, received, replied, to }) => from <= received && received <= replied && replied <= to),
    JSON.stringify(letters),
  );
  equal(
    machines.map(({ shift }) => shift),
    [0, 0, 0],
    'they had one clock',
  );
  equal(everywhere, 'COMMITTED');
});

test('the point of no return is the holder’s, in whichever picture', () => {
  ['A flow that all tell of', 'A flow as the holder sees it', 'A chain'].forEach((name) => {
    const { picture } = large(name);
    equal(picture.querySelectorAll('line.decision').length, 1, name);
  });
  equal(flows['A chain'].commitPoint, 'orders@order');
  equal(large('A flow as the follower sees it').picture.querySelectorAll('line.decision').length, 0, 'the holder’s events are missing');
});

test('the summary speaks of every server only if every server has told, and agrees', () => {
  equal(spokenSummary(flows['A flow that all tell of']), 'Every server has committed its part, in 30 ms.');
  equal(spokenSummary(flows['A resolver ended what was left']).startsWith('Every server has committed its part'), true);
  equal(spokenSummary(flows['A flow, and nobody was asked']), 'This server has committed its part, in 30 ms.');
  equal(spokenSummary(flows['A peer’s events are missing']), 'This server has committed its part, in 30 ms.');
  equal(spokenSummary(flows['A follower said no']).startsWith('Nothing was changed at any server'), true);
});

test('each step tells at which server it was, each message between which two', () => {
  const said = sentencesOf(flows['The link was cut, and it was healed']).map((sentence) => spoken(sentence, (id) => `Product ${id}`));
  [
    'client calls product, call 1: 4 ms. Done.',
    'client asks order to prepare: 4 ms. Answer: yes.',
    'client tells order to commit: 5 s. No answer: it may have been heard, or not.',
    'order asks product for the decision: 3 ms. Answer: committed.',
    'The coordinator tells the orders database at order to commit: 3 ms. Done.',
  ].forEach((sentence) => holds(said.includes(sentence), `${sentence}\n${said.join('\n')}`));
});

test('a server’s own lane has its short name in a row, and in the large picture its heading', () => {
  equal([laneName('coordinator@product', true), laneName('coordinator@a-very-long-name', true)], ['product', 'a-very-long…']);
  equal(databaseName('ledger@product'), 'ledger at product');
  const headings = [...large('A flow that all tell of').picture.querySelectorAll('.machine-name')].map(({ textContent }) => textContent);
  equal(headings, ['client (this server)', 'product', 'order']);
  equal(drawPicture(flows['A flow that all tell of'], SIZES[0]).picture.querySelectorAll('.machine').length, 0);
});

test('each message, and how it may end, has its words', () => {
  const keys = Object.keys(strings.en);
  const wanted = vocabulary.FlowMessage.flatMap((kind) => [`picture.letter.${kind}`, `picture.say.letter.${kind}`]).concat(
    vocabulary.FlowResult.filter((result) => result !== 'NONE').map((result) => `picture.end.letter.${result}`),
  );
  equal(
    wanted.filter((key) => !keys.includes(key)),
    [],
  );
});

test('telling a flow again changes nothing in what was told', () => {
  const story = flows['A flow that all tell of'];
  const before = JSON.stringify(story.base);
  drawPicture(story, { width: 1300, now: NOW });
  equal(JSON.stringify(story.base), before);
});
