import { choose, currentLanguage, languages, nameOf } from './language.js';
import { element, replaceContent } from './element.js';

/** One button for each language; `changed` is called once another one has been chosen. */
export function renderLanguageSwitch(region, changed) {
  replaceContent(region, ...languages.map((language) => languageButton(language, changed)));
}

function languageButton(language, changed) {
  const button = element('button', { type: 'button', id: `language-${language}`, lang: language }, nameOf(language));
  button.setAttribute('aria-pressed', language === currentLanguage());
  button.addEventListener('click', () => {
    choose(language);
    changed();
  });
  return button;
}
