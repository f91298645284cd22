/** What the login page says, in Chinese; {names} are filled in by language.js. */
export const zh = {
  'login.pageTitle': '登录 – Lockstep',
  'login.heading': '登录',
  'login.words': '仅限操作员。其他功能无需账号。',
  'login.name': '用户名',
  'login.password': '密码',
  'login.hint': '密码仅在首次启动时显示一次。如需新密码：java -jar lockstep.jar operator',
  'login.submit': '登录',
  'login.busy': '正在验证…',
  'login.missing': '请输入用户名和密码。',
  'login.login-failed': '用户名或密码错误。',
  'login.login-limited': '尝试次数过多，请在 {seconds} 秒后重试。',
  'login.no-answer': '服务器未能验证密码，请重试。',
};
