/** What an application says that its transaction is about: id, title and facts in a line. */
export const subjectWords = ({ id, title, facts }) =>
  [id, title, ...Object.entries(facts).map(([name, fact]) => `${name}: ${fact}`)].filter(Boolean).join(' · ');
