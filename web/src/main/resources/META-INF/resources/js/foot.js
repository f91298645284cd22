import { element, replaceContent } from './element.js';
import { say } from './language.js';

/** The foot that all pages share, if it leads anywhere: to what only those look for who write programs. */
export function renderFoot(pages) {
  if (pages.length) {
    replaceContent(document.getElementById('foot') ?? newFoot(), pages.map(link));
  }
}

function link([name, href]) {
  const made = element('a', { id: `foot-${name}`, href }, say(`foot.${name}`));
  if (made.pathname === location.pathname) {
    made.setAttribute('aria-current', 'page');
  }
  return made;
}

function newFoot() {
  const foot = element('footer', { id: 'foot', className: 'foot' });
  document.querySelector('main').after(foot);
  return foot;
}
