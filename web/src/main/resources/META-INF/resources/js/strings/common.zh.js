/** What all pages say, in Chinese; {names} are filled in by language.js. */
export const zh = {
  'language.label': '语言',
  'language.name': '中文',

  'masthead.pages': '页面',
  'masthead.order': '下单',
  'masthead.picture': '图解',
  'masthead.stop': '提交前暂停',
  'masthead.console': '控制台',
  'masthead.logIn': '登录',
  'masthead.logOut': '退出',
  'foot.api': '接口（供开发者使用）',

  'live.connecting': '正在连接…',
  'live.live': '实时',
  'live.polling': '每 {seconds} 秒更新一次',
  'live.reconnecting': '正在重新连接…',
  'live.stale': '已有 {seconds} 秒未更新，正在重新连接…',
  'live.staleMinutes': '已有 {minutes} 分钟未更新，正在重新连接…',
  'live.away': '{database}数据库自 {time} 起没有响应，所示的相关内容可能已过时。',
  'live.database.product': '商品',
  'live.database.orders': '订单',
  'live.live.aloud': '页面恢复实时更新。',
  'live.polling.aloud': '页面每隔几秒更新一次。',
  'live.stale.aloud': '页面内容可能已过时：商店没有响应。',

  'region.retry': '重试',
  'region.then': '以上次在 {time} 所见为准，此后可能已变。',
  'region.failing': '无法加载：服务器没有响应，我们会继续尝试。',

  'copy.copy': '复制',
  'copy.done': '已复制',
  'copy.marked': '已选中，请用键盘复制',

  'duration.millis': '{n} 毫秒',
  'duration.seconds': '{n} 秒',
  'duration.minutes': '{n} 分 {seconds} 秒',
  'duration.hours': '{n} 小时 {minutes} 分',
};
