import { element, replaceContent } from '../element.js';
import { say } from '../language.js';

const VICTIMS = ['payara', 'product', 'orders'];
const POINTS = [
  'AFTER_WORK',
  'BEFORE_FIRST_PREPARE',
  'AFTER_FIRST_PREPARE',
  'BEFORE_SECOND_PREPARE',
  'AFTER_SECOND_PREPARE',
  'BEFORE_DECISION',
  'AFTER_DECISION',
  'AFTER_LAST_COMMIT',
];

/** What to kill, where, and which order; what was chosen before stays chosen. `run` hears a plan that has a victim. */
export function breakForm(form, products, isRunning, run) {
  const chosen = plan(form);
  const submit = element('button', { id: 'break-submit', className: 'primary' }, say('break.submit'));
  submit.setAttribute('aria-disabled', isRunning);
  replaceContent(
    form,
    choices(chosen.victims),
    labelled(
      'break-at',
      'break.at',
      POINTS.map((point) => [point, say(`break.at.${point}`)]),
      chosen.at,
    ),
    labelled('break-product', 'stop.product', products.map(productOption), chosen.productId),
    submit,
    element('p', { id: 'break-refusal', className: 'field-error', role: 'alert' }),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const { victims, at, productId } = plan(form);
    document.getElementById('break-refusal').textContent = victims.length ? '' : say('break.noVictim');
    if (!victims.length) {
      form.elements.victims[0].focus();
    } else if (!isRunning) {
      run({ victims, at, productId: Number(productId), quantity: 1 });
    }
  };
}

function plan(form) {
  const entries = new FormData(form);
  const victims = form.firstChild ? entries.getAll('victims') : ['payara'];
  return { victims, at: entries.get('at') ?? 'AFTER_DECISION', productId: entries.get('productId') };
}

function choices(chosen) {
  const victims = VICTIMS.map((victim) =>
    element(
      'label',
      {},
      element('input', {
        type: 'checkbox',
        id: `break-victim-${victim}`,
        name: 'victims',
        value: victim,
        checked: chosen.includes(victim),
      }),
      element('span', {}, say(`break.victim.${victim}`)),
    ),
  );
  return element('fieldset', { className: 'field choices' }, element('legend', {}, say('break.victims')), ...victims);
}

function labelled(id, text, options, chosen) {
  const select = element(
    'select',
    { id, name: id === 'break-at' ? 'at' : 'productId' },
    ...options.map(([value, words]) => element('option', { value }, words)),
  );
  if (options.some(([value]) => String(value) === chosen)) {
    select.value = chosen;
  }
  return element('div', { className: 'field wide' }, element('label', { htmlFor: id }, say(text)), select);
}

const productOption = ({ productId, productName, productNums }) => [productId, `${productName} · ${say('products.inStock', { count: productNums })}`];
