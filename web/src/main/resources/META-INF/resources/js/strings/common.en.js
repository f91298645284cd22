/** What all pages say, in English; {names} are filled in by language.js. */
export const en = {
  'language.label': 'Language',
  'language.name': 'English',

  'masthead.pages': 'Pages',
  'masthead.order': 'Order',
  'masthead.picture': 'Picture',
  'masthead.stop': 'Stop before commit',
  'masthead.console': 'Console',
  'masthead.logIn': 'Log in',
  'masthead.logOut': 'Log out',
  'foot.api': 'The API, for developers',

  'live.connecting': 'Connecting…',
  'live.live': 'Live',
  'live.polling': 'Updated every {seconds} s',
  'live.reconnecting': 'Reconnecting…',
  'live.stale': 'Stale for {seconds} s. Reconnecting…',
  'live.staleMinutes': 'Stale for {minutes} min. Reconnecting…',
  'live.away': 'The {database} database has not answered since {time}: what you see of it may be old.',
  'live.database.product': 'product',
  'live.database.orders': 'orders',
  'live.live.aloud': 'The page is live again.',
  'live.polling.aloud': 'The page is updated every few seconds.',
  'live.stale.aloud': 'The page is not up to date: the shop does not answer.',

  'region.retry': 'Try again',
  'region.then': 'Seen at {time}; it may have changed since.',
  'region.failing': 'This cannot be loaded: the server does not answer. We keep trying.',

  'copy.copy': 'Copy',
  'copy.done': 'Copied',
  'copy.marked': 'Marked, copy it by keyboard',

  'duration.millis': '{n} ms',
  'duration.seconds': '{n} s',
  'duration.minutes': '{n} min {seconds} s',
  'duration.hours': '{n} h {minutes} min',
};
