import { element, replaceContent } from './element.js';
import { say } from './language.js';

/** The foot that all pages share: the way to what only those look for who write programs. */
export function renderFoot() {
  const link = element('a', { id: 'foot-api', href: 'openapi.html' }, say('foot.api'));
  if (link.pathname === location.pathname) {
    link.setAttribute('aria-current', 'page');
  }
  replaceContent(document.getElementById('foot') ?? newFoot(), link);
}

function newFoot() {
  const foot = element('footer', { id: 'foot', className: 'foot' });
  document.querySelector('main').after(foot);
  return foot;
}
