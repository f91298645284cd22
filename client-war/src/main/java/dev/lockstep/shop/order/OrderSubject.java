package dev.lockstep.shop.order;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.participant.observe.Subject;
import java.util.LinkedHashMap;
import java.util.Map;

/** An order as the subject of its transaction, or of its ticket. The facts are named as the order's fields are in JSON. */
public final class OrderSubject {

    private OrderSubject() {}

    /**
     * Tells what placing an order is about.
     *
     * @param order what is ordered
     * @return it, by the order's id
     */
    public static Subject of(NewOrder order) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("productId", Integer.toString(order.productId()));
        facts.put("quantity", Integer.toString(order.quantity()));
        return new Subject(order.orderId().toString(), order.orderName(), facts);
    }
}
