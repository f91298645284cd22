import { resetStatistics } from '/js/console/api.js';
import { ResetDialog } from '/js/console/reset.js';
import { ResolveDialog } from '/js/console/resolve.js';
import { equal, holds, test } from './cases.js';
import { branch, until } from './console-parts.js';
import { nothing, problem, withAnswers } from './server.js';

/** While `body` runs, this dialog is open, and asks about a branch of which this is known. */
async function asking(known, body) {
  const dialog = document.createElement('dialog');
  dialog.id = 'branch-resolve';
  document.body.append(dialog);
  const region = document.createElement('div');
  region.id = 'doubts';
  document.body.append(region);
  try {
    new ResolveDialog(dialog, () => undefined).open({ ...branch('g', 5000), ...known });
    const form = dialog.querySelector('form');
    await body({
      form,
      chosen: () => form.elements.decision.value,
      choose: (id) => form.querySelector(`#resolve-${id}`).click(),
      warning: () => form.querySelector('#resolve-warning').textContent,
    });
  } finally {
    dialog.remove();
    region.remove();
  }
}

test('what the evidence says is chosen already, and nothing is where it says nothing', async () => {
  const chosen = {};
  for (const [evidence, permitted] of [
    ['COMMIT', ['COMMIT']],
    ['ROLLBACK', ['ROLLBACK']],
    ['OPEN', ['ROLLBACK']],
    ['UNKNOWN', []],
  ]) {
    await asking({ evidence, permitted }, ({ chosen: decision, warning }) => (chosen[evidence] = [decision(), warning()]));
  }
  equal(chosen, { COMMIT: ['COMMIT', ''], ROLLBACK: ['ROLLBACK', ''], OPEN: ['', ''], UNKNOWN: ['', ''] });
});

test('a guess is not said to be refused once it is called one', () =>
  asking({ evidence: 'UNKNOWN', permitted: [] }, ({ choose, warning }) => {
    choose('ROLLBACK');
    holds(warning().includes('the server takes it only if you say so below'), warning());
    choose('heuristic');
    equal(warning(), '');
  }));

test('what contradicts the evidence is said beforehand', () =>
  asking({ evidence: 'COMMIT', permitted: ['COMMIT'] }, ({ choose, warning }) => {
    choose('ROLLBACK');
    equal(warning(), 'The evidence contradicts this, so the server will refuse it.');
  }));

test('a living coordinator’s branch is left to it, unless somebody insists', () =>
  asking({ evidence: 'OPEN', permitted: ['ROLLBACK'], coordinatorAlive: true }, ({ form, chosen }) => {
    equal(chosen(), '');
    holds(form.textContent.includes('Its coordinator is alive and ends it by itself'), form.textContent);
  }));

test('without a decision nothing is sent', () =>
  asking({ evidence: 'UNKNOWN', permitted: [] }, async ({ form, warning }) => {
    form.elements.reason.value = 'because';
    const asked = await withAnswers([], async (requests) => {
      form.requestSubmit();
      return requests.length;
    });
    equal([asked, warning(), document.activeElement.id], [0, 'Choose commit or roll back.', 'resolve-COMMIT']);
  }));

test('the statistics are reset only after a question, without a reason', async () => {
  const dialog = document.createElement('dialog');
  dialog.id = 'statistics-question';
  document.body.append(dialog);
  document.body.insertAdjacentHTML('beforeend', '<div id="statistics"></div>');
  let answered = 0;
  const asked = await withAnswers([new Response(null, { status: 204 })], async (requests) => {
    new ResetDialog(dialog, () => answered++).open();
    const before = requests.length;
    dialog.querySelector('form').requestSubmit();
    await until(() => answered);
    return [before, requests.map(({ method, url }) => `${method} ${url}`)];
  });
  equal(
    [asked, answered, dialog.querySelector('#reset-result').textContent],
    [[0, ['POST api/statistics/reset']], 1, 'Reset, and the log has it. They are counted from now on.'],
  );
  dialog.remove();
  document.getElementById('statistics').remove();
});

test('a reset that the server did not take is told', async () => {
  const kinds = await withAnswers([problem(401, 'login-required'), nothing], async () => [await resetStatistics(), await resetStatistics()]);
  equal(
    kinds.map(({ kind }) => kind),
    ['login-required', 'no-answer'],
  );
});
