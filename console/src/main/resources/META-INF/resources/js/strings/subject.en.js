/**
 * What console and picture say of a transaction that they know nothing about, in English. An application whose transactions have a name, such as
 * orders, has a file of this name in the place of this one.
 */
export const en = {
  'statistics.aborted.note': '{refused} of them refused',
  'transactions.search': 'Find by name or id',
  'transactions.noOrder': 'Not named by its application',
  'transactions.order': 'About',
  'picture.claim': 'Every transaction, drawn as it commits.',
  'picture.lead': 'Each row is a transaction: its databases commit it together, or not at all. Choose one to see it in slow motion.',
  'picture.heading': 'Latest transactions',
  'picture.legend.lead': 'Time goes from left to right, and client, coordinator and each database have a lane.',
  'picture.rate.quiet': 'No transaction ends at the moment.',
  'picture.rate.all': 'Shows every transaction: {ended} a second.',
  'picture.rate.sampled': 'Shows {shown} of {ended} transactions a second: a few of them, the slowest, and first of all those with trouble.',
  'picture.orderUnseen': 'An earlier transaction',
  'picture.noOrder': 'Not named by its application',
  'picture.legend.work.words': 'the database has joined the transaction',
  'picture.empty.words': 'As soon as your application commits in two databases, a row appears here.',
  'picture.empty.link': 'To the console',
  'picture.empty.filtered': 'No transaction of the last moments is like that.',
  'picture.end.decision.yes': 'Done. This is the point of no return: the transaction stands.',
  'picture.end.decision.silent': 'No answer: nobody can tell yet whether the transaction stands.',
  'picture.end.commit.left': 'No answer. The transaction stands all the same; the resolver will finish it.',
  'picture.shared': '{count} subjects, one commit',
  'picture.shared.aborted': '{count} subjects, one transaction',
  'picture.more': 'and {count} more',
  'picture.fact.more': 'Further subjects',
  'picture.say.askTogether': 'Clients have asked for {count} things, which share this transaction.',
};
