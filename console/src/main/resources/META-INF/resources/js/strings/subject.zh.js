/**
 * What console and picture say of a transaction that they know nothing about, in Chinese. An application whose transactions have a name, such as
 * orders, has a file of this name in the place of this one.
 */
export const zh = {
  'statistics.aborted.note': '其中 {refused} 个被拒绝',
  'transactions.search': '按名称或编号查找',
  'transactions.noOrder': '应用未为其命名',
  'transactions.order': '关于',
  'picture.claim': '看见每一次提交。',
  'picture.lead': '每一行是一个事务：它的数据库要么一起提交，要么都不提交。选择一行，可以慢动作回放。',
  'picture.heading': '最近的事务',
  'picture.legend.lead': '时间从左到右；客户端、协调者和每个数据库各占一道。',
  'picture.rate.quiet': '目前没有事务结束。',
  'picture.rate.all': '显示全部事务：每秒 {ended} 个。',
  'picture.rate.sampled': '每秒 {ended} 个事务中显示 {shown} 个：优先显示出问题的，其次是最慢的和其他几个。',
  'picture.orderUnseen': '较早的事务',
  'picture.noOrder': '应用未为其命名',
  'picture.legend.work.words': '数据库已加入这个事务',
  'picture.empty.words': '您的应用一旦在两个数据库中提交，这里就会出现一行。',
  'picture.empty.link': '去控制台',
  'picture.empty.filtered': '最近的事务中没有符合条件的。',
  'picture.end.decision.yes': '完成。这就是不可逆点：事务成立。',
  'picture.end.decision.silent': '没有回答：暂时无人知道事务是否成立。',
  'picture.end.commit.left': '没有回答。事务依然成立，恢复器会完成它。',
  'picture.shared': '{count} 项，一次提交',
  'picture.shared.aborted': '{count} 项，一个事务',
  'picture.more': '以及另外 {count} 项',
  'picture.fact.more': '其余',
  'picture.say.askTogether': '客户端共请求了 {count} 项，它们共用这个事务。',
};
