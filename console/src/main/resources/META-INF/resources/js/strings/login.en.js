/** What the login page says, in English; {names} are filled in by language.js. */
export const en = {
  'login.pageTitle': 'Log in – Lockstep',
  'login.heading': 'Log in',
  'login.words': 'For operators. All else needs no account.',
  'login.name': 'Name',
  'login.password': 'Password',
  'login.hint': 'The launcher showed it once, at the first start. For a new one: java -jar lockstep.jar operator',
  'login.submit': 'Log in',
  'login.busy': 'Checking…',
  'login.missing': 'Enter name and password.',
  'login.login-failed': 'Wrong name or password.',
  'login.login-limited': 'Too many attempts. Try again in {seconds} s.',
  'login.no-answer': 'The server could not check the password. Please try again.',
};
