import { Region } from '/js/region.js';
import { equal, holds, test } from './cases.js';

/** A part of a page that is read again and again, and what each reading answers. */
function partOf(...answers) {
  const element = document.body.appendChild(document.createElement('div'));
  const view = new Region(
    element,
    () => answers.shift()(),
    (known) => [known],
    { isRepeated: true },
  );
  return { element, view };
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

test('a part of the page that cannot be read is old at once, though the server answers others', async () => {
  const { element, view } = partOf(
    async () => 'tea',
    () => Promise.reject(new Error('away')),
  );
  await view.refresh();
  await view.refresh();
  equal(element.dataset.old, 'true');
  holds(element.textContent.endsWith('tea'), element.textContent);
  element.remove();
});

test('an answer that comes while a button is held down is shown once it is let go, though no other answer comes', async () => {
  const { element, view } = partOf(
    async () => 'tea',
    async () => 'coffee',
  );
  await view.refresh();
  document.dispatchEvent(new Event('pointerdown'));
  await view.refresh();
  view.isAway = true;
  equal(element.textContent, 'tea', 'a button of it may be what is held down');
  view.isAway = false;
  document.dispatchEvent(new Event('pointerup'));
  await nextTask();
  equal(element.textContent, 'coffee');
  element.remove();
});

test('an answer that comes while somebody copies is shown once nothing is selected, though no other answer comes', async () => {
  const { element, view } = partOf(
    async () => 'tea',
    async () => 'coffee',
  );
  await view.refresh();
  document.getSelection().selectAllChildren(element);
  await view.refresh();
  equal(element.textContent, 'tea', 'it is being copied');
  document.getSelection().removeAllRanges();
  await nextTask();
  await nextTask();
  equal(element.textContent, 'coffee');
  element.remove();
});
