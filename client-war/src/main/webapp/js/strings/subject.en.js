/** What console and picture say of a transaction in the shop, in English: an order. */
export const en = {
  'statistics.aborted.note': '{refused} of them refused, as where too few are left',
  'transactions.search': 'Find by order, product or id',
  'transactions.noOrder': 'Not begun by an order here',
  'transactions.order': 'Order',
  'picture.claim': 'Every order, drawn as it commits.',
  'picture.lead': 'Each row is an order: two databases commit it together, or not at all. Choose one to see it in slow motion.',
  'picture.heading': 'Latest orders and tickets',
  'picture.legend.lead':
    'Time goes from left to right, and client, coordinator and each database have a lane. A ticket has no coordinator: it is served in small steps, each in one database.',
  'picture.rate.quiet': 'No order is placed at the moment.',
  'picture.rate.all': 'Shows every order: {ended} a second.',
  'picture.rate.sampled': 'Shows {shown} of {ended} orders a second: a few of them, the slowest, and first of all those with trouble.',
  'picture.orderUnseen': 'An earlier order',
  'picture.noOrder': 'Another transaction',
  'picture.legend.work.words': 'the database has joined the order',
  'picture.empty.words': 'Place an order, and a row appears here.',
  'picture.empty.link': 'Place an order',
  'picture.empty.filtered': 'No order of the last moments is like that.',
  'picture.end.decision.yes': 'Done. This is the point of no return: the order stands.',
  'picture.end.decision.silent': 'No answer: nobody can tell yet whether the order stands.',
  'picture.end.commit.left': 'No answer. The order stands all the same; the resolver will finish it.',
};
