import { element, replaceContent } from './element.js';
import { say } from './language.js';
import { renderFoot } from './foot.js';
import { renderLanguageSwitch } from './language-switch.js';
import { currentSession, logOut, sessionAsked } from './session.js';

let pages;
let changed = () => {};

document.addEventListener('session', () => pages && render());

/**
 * Fills #masthead, the head that all pages share, and their foot, with the ways to the application's pages; `renderPage` renders the page anew once
 * another language is chosen.
 */
export function renderMasthead(applicationPages, renderPage) {
  pages = applicationPages;
  changed = renderPage;
  render();
  sessionAsked();
}

function render() {
  const languages = element('div', { className: 'language-switch' });
  languages.setAttribute('role', 'group');
  languages.setAttribute('aria-label', say('language.label'));
  renderLanguageSwitch(languages, changed);
  replaceContent(document.getElementById('masthead'), brand(), navigation(), account(), languages);
  renderFoot(pages.foot);
}

function brand() {
  const sign = element('img', { src: 'favicon.svg', alt: '', width: 32, height: 32 });
  return element('a', { className: 'brand', id: 'masthead-brand', href: './' }, sign, 'Lockstep');
}

function navigation() {
  const links = pages.masthead.map(([name, href]) => {
    const link = element('a', { id: `masthead-${name}`, href }, say(`masthead.${name}`));
    if (link.pathname === here()) {
      link.setAttribute('aria-current', 'page');
    }
    return element('li', {}, link);
  });
  const nav = element('nav', {}, element('ul', {}, ...links));
  nav.setAttribute('aria-label', say('masthead.pages'));
  return nav;
}

function account() {
  const { operator } = currentSession();
  if (!operator) {
    return element('p', { className: 'account' }, ...(isLogin() ? [] : [logInLink()]));
  }
  const button = element('button', { type: 'button', id: 'masthead-account' }, say('masthead.logOut'));
  button.addEventListener('click', logOut);
  return element('p', { className: 'account' }, element('span', {}, operator), button);
}

function logInLink() {
  const link = element('a', { id: 'masthead-account', href: logInAddress() }, say('masthead.logIn'));
  link.addEventListener('click', () => (link.href = logInAddress())); // The page may have changed its address meanwhile.
  return link;
}

function logInAddress() {
  const from = location.pathname.split('/').at(-1) + location.search + location.hash;
  return `login.html${from ? `?from=${encodeURIComponent(from)}` : ''}`;
}

const here = () => location.pathname.replace(/index\.html$/, '');

const isLogin = () => location.pathname.endsWith('/login.html');
