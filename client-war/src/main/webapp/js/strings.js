/** Every word of the page, in each of its languages; {names} are filled in by language.js. */
export const strings = {
  en: {
    'language.label': 'Language',
    'language.name': 'English',

    'page.title': 'Lockstep – Two databases, one commit.',
    'page.claim': 'Two databases, one commit.',

    'products.heading': 'Products',
    'products.loading': 'Looking at the shelves…',
    'products.empty': 'There are no products yet.',
    'products.failing': 'The products cannot be loaded: the shop does not answer.',
    'products.inStock': '{count} in stock',
    'products.soldOut': 'Sold out',
    'products.unnamed': 'Product {id}',

    'orders.heading': 'Newest orders',
    'orders.loading': 'Fetching the newest orders…',
    'orders.empty': 'No orders yet. Yours could be the first.',
    'orders.failing': 'The orders cannot be loaded: the shop does not answer.',
    'orders.content': '{quantity} × {product}',

    'region.retry': 'Try again',

    'order.heading': 'Your order',
    'order.place': 'Place order',
    'order.promise': 'The stock is taken and your order is written together, or neither is.',
    'order.number': 'Order number',

    'productId.invalid': 'Choose a product.',
    'quantity.label': 'Quantity',
    'quantity.hint': '{min} to {max}',
    'quantity.invalid': 'Enter a whole number from {min} to {max}.',
    'orderName.label': 'Name of the order',
    'orderName.hint': 'You will find it by this name. Up to {max} characters.',
    'orderName.invalid': 'Give your order a name of up to {max} characters, without control characters.',

    'result.retry': 'Try again',
    'result.check': 'Check again',
    'result.placing.title': 'Placing your order…',
    'result.placing.words': 'This usually takes a moment.',
    'result.placed.title': 'Your order is placed.',
    'result.placed.words': '{quantity} × {product}, “{orderName}”.',
    'result.invalid-request.title': 'Something needs correcting.',
    'result.invalid-request.words': 'Please correct what is marked or named here. Nothing was ordered.',
    'result.unknown-product.title': 'This product is no longer sold.',
    'result.unknown-product.words': 'Please choose another one. Nothing was ordered.',
    'result.out-of-stock.title': 'Not enough in stock.',
    'result.out-of-stock.words': 'You asked for {requested}; in stock: {available}. Nothing was ordered.',
    'result.order-id-taken.title': 'This order number is in use.',
    'result.order-id-taken.words':
      'A different order has it. Nothing new was ordered. Place your order once more and it gets a number of its own.',
    'result.refused.title': 'The shop declined this order.',
    'result.refused.words': 'Nothing was ordered.',
    'result.not-placed.title': 'Your order was not placed.',
    'result.not-placed.words':
      'The shop could not complete it and changed nothing. You can safely try again in {seconds} s.',
    'result.answer-lost.title': 'The answer got lost.',
    'result.answer-lost.words':
      'We could not hear whether your order went through. Trying again is safe: it stays one order, even if the first attempt arrived. A changed order would count as a second one.',
    'result.asking.title': 'We are finding out…',
    'result.asking.words':
      'Your order was sent, but the shop cannot yet tell whether it went through. We keep asking; please do not order again.',
    'result.still-unknown.title': 'It is still unknown.',
    'result.still-unknown.words':
      'The shop does not know yet whether your order went through. It will be settled one way or the other; check again in a while. A changed order would count as a second one.',
    'result.absent.title': 'The shop does not have your order.',
    'result.absent.words':
      'Nothing is ordered so far. Trying again is safe: the same order stays one order, even if the first attempt arrives late.',
  },

  zh: {
    'language.label': '语言',
    'language.name': '中文',

    'page.title': 'Lockstep – 两个数据库，一次提交。',
    'page.claim': '两个数据库，一次提交。',

    'products.heading': '商品',
    'products.loading': '正在查看库存…',
    'products.empty': '暂时没有商品。',
    'products.failing': '无法加载商品：商店没有响应。',
    'products.inStock': '库存 {count}',
    'products.soldOut': '已售罄',
    'products.unnamed': '商品 {id}',

    'orders.heading': '最新订单',
    'orders.loading': '正在获取最新订单…',
    'orders.empty': '还没有订单，您可以下第一单。',
    'orders.failing': '无法加载订单：商店没有响应。',
    'orders.content': '{product} × {quantity}',

    'region.retry': '重试',

    'order.heading': '您的订单',
    'order.place': '提交订单',
    'order.promise': '扣减库存与写入订单同时生效，否则都不生效。',
    'order.number': '订单号',

    'productId.invalid': '请选择商品。',
    'quantity.label': '数量',
    'quantity.hint': '{min} 至 {max}',
    'quantity.invalid': '请输入 {min} 至 {max} 的整数。',
    'orderName.label': '订单名称',
    'orderName.hint': '方便您日后查找，最多 {max} 个字符。',
    'orderName.invalid': '请填写订单名称，最多 {max} 个字符，不能含控制字符。',

    'result.retry': '重试',
    'result.check': '再次查询',
    'result.placing.title': '正在提交订单…',
    'result.placing.words': '通常只需片刻。',
    'result.placed.title': '下单成功。',
    'result.placed.words': '{product} × {quantity}，“{orderName}”。',
    'result.invalid-request.title': '订单填写有误。',
    'result.invalid-request.words': '请更正标出或列出的内容。本次没有下单。',
    'result.unknown-product.title': '该商品已下架。',
    'result.unknown-product.words': '请选择其他商品。本次没有下单。',
    'result.out-of-stock.title': '库存不足。',
    'result.out-of-stock.words': '您需要 {requested} 件，库存仅有 {available} 件。本次没有下单。',
    'result.order-id-taken.title': '订单号已被占用。',
    'result.order-id-taken.words': '另一份订单使用了该订单号，本次没有新增订单。请再次提交，系统会分配新的订单号。',
    'result.refused.title': '商店未接受此订单。',
    'result.refused.words': '本次没有下单。',
    'result.not-placed.title': '下单未成功。',
    'result.not-placed.words': '商店未能完成订单，未作任何更改。您可以在 {seconds} 秒后放心重试。',
    'result.answer-lost.title': '没有收到答复。',
    'result.answer-lost.words':
      '我们无法得知订单是否成功。您可以放心重试：即使第一次已经送达，也只会有一份订单。若修改内容再提交，则算作另一份订单。',
    'result.asking.title': '正在确认结果…',
    'result.asking.words': '订单已发出，但商店暂时无法确定是否成功。我们会持续查询，请不要重复下单。',
    'result.still-unknown.title': '结果仍未确定。',
    'result.still-unknown.words':
      '商店暂时还不知道订单是否成功，但最终一定会有结果，请稍后再次查询。若修改内容再提交，则算作另一份订单。',
    'result.absent.title': '商店没有您的订单。',
    'result.absent.words': '目前没有下单。您可以放心重试：即使第一次提交稍后送达，同一份订单也只会有一份。',
  },
};
