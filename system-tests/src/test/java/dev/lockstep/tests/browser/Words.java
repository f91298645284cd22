package dev.lockstep.tests.browser;

/**
 * What the things on the order page are called.
 *
 * @param language the language's code, as in the attribute lang
 */
record Words(
        String language,
        String products,
        String quantity,
        String orderName,
        String place,
        String order,
        String orders) {

    static final Words ENGLISH =
            new Words("en", "Products", "Quantity", "Name of the order", "Place order", "Your order", "Newest orders");
    static final Words CHINESE = new Words("zh", "商品", "数量", "订单名称", "提交订单", "您的订单", "最新订单");
}
