import { element, replaceContent } from './element.js';
import { isolated, say, translatePage } from './language.js';
import { renderLanguageSwitch } from './language-switch.js';
import { request } from './request.js';
import './strings/enrolment.js';

/** The scope may take 20 s, and its outcome is asked for during 10 s more. */
const WITHIN_MILLIS = 40_000;
const LOOK_EVERY_MILLIS = 2_000;

const EXAM = ['examId', 'examRoom', 'studentId'];
const STUDENT = ['studentId', 'sex', 'college', 'age'];

const byId = (id) => document.getElementById(id);
const isChecked = (id) => byId(id).checked;
const valuesOf = (fields) => Object.fromEntries(fields.map((field) => [field, byId(field).value.trim()]));

/** What the servers told last; undefined until they were asked. */
let written;
let result = { kind: '' };
/** What was asked for last, if its outcome is not known: the same once more is written at most once. */
let open;

function wanted() {
  const student = valuesOf(STUDENT);
  return {
    exam: isChecked('add-exam') ? valuesOf(EXAM) : null,
    student: isChecked('add-basic') ? { ...student, age: Number.parseInt(student.age, 10) || 0 } : null,
    complete: isChecked('complete'),
  };
}

async function enrol(event) {
  event?.preventDefault();
  if (result.kind === 'busy') {
    return;
  }
  const content = wanted();
  const wasOpen = open === JSON.stringify(content);
  show({ kind: 'busy' });
  const answer = await request('api/enrolments', { content, withinMillis: WITHIN_MILLIS });
  open = undefined;
  if (answer.status === 201) {
    show({ kind: 'done' });
  } else if (answer.status === 202 || answer.status === 0 || (wasOpen && answer.status === 409)) {
    open = JSON.stringify(content);
    show({ kind: 'open' });
  } else {
    show({ kind: 'no', reason: answer.kind ?? 'not-enrolled', field: answer.body?.field, detail: answer.body?.detail });
  }
  await look();
}

async function look() {
  const { status, body } = await request('api/enrolments');
  written = status === 200 ? body : {};
  renderWritten();
}

function show(shown) {
  result = shown;
  renderResult();
}

function renderResult() {
  const { kind, reason, field, detail } = result;
  byId('enrol').setAttribute('aria-disabled', kind === 'busy');
  byId('result').dataset.kind = kind;
  const words = {
    busy: () => [say('enrolment.busy')],
    done: () => [say('enrolment.done')],
    open: () => [say('enrolment.open'), ' ', again()],
    no: () => [`${say('enrolment.no')} ${why(reason, field, detail)}`],
  };
  replaceContent(byId('result'), words[kind]?.() ?? []);
}

function why(reason, field, detail) {
  if (reason === 'wrong-data') {
    return say('enrolment.why.wrong-data', { field: say(`enrolment.${field}`), limit: say(`enrolment.limit.${field}`) });
  }
  const known = ['taken', 'not-complete'].includes(reason);
  return known ? say(`enrolment.why.${reason}`) : say('enrolment.why.failed', { detail: isolated(detail ?? '–') });
}

function again() {
  const button = element('button', { type: 'button', id: 'again', className: 'copy' }, say('enrolment.again'));
  button.addEventListener('click', () => enrol());
  return button;
}

function renderWritten() {
  if (!written) {
    return;
  }
  replaceContent(byId('exams'), table(EXAM, written.exams));
  replaceContent(byId('students'), table(STUDENT, written.students));
}

function table(fields, rows) {
  if (!rows) {
    return element('p', { className: 'notice failing' }, say('enrolment.away'));
  }
  if (!rows.length) {
    return element('p', { className: 'notice' }, say('enrolment.empty'));
  }
  const head = fields.map((field) => element('th', { scope: 'col' }, say(`enrolment.${field}`)));
  const body = rows.map((row) => element('tr', {}, ...fields.map((field) => element('td', {}, String(row[field])))));
  return element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body));
}

function render() {
  translatePage();
  document.title = say('enrolment.title');
  byId('languages').setAttribute('aria-label', say('language.label'));
  renderLanguageSwitch(byId('languages'), render);
  renderResult();
  renderWritten();
}

byId('enrolment').addEventListener('submit', enrol);
render();
look();
setInterval(() => document.hidden || look(), LOOK_EVERY_MILLIS);
