package dev.lockstep.order.boundary;

import java.util.Objects;
import java.util.UUID;

/**
 * What a customer orders.
 *
 * @param orderId the order's identity, chosen by whoever places it; placing it twice makes one order; not null
 * @param orderName the customer's name for the order, {@value #NAME_MIN} to {@value #NAME_MAX} characters, not blank, no control
 *     characters; {@link #isValidName} asks for more, which names of earlier versions may lack
 * @param productId the product
 * @param quantity pieces, {@value #QUANTITY_MIN} to {@value #QUANTITY_MAX}
 */
public record NewOrder(UUID orderId, String orderName, int productId, int quantity) {

    /** The fewest pieces of one order. */
    public static final int QUANTITY_MIN = 1;

    /** The most pieces of one order. */
    public static final int QUANTITY_MAX = 1000;

    /** The most orders that are written together, in one transaction; whoever adds up what is under way counts on it. */
    public static final int TOGETHER_MAX = 100;

    /** The fewest characters (Unicode code points) of a name. */
    public static final int NAME_MIN = 1;

    /** The most characters (Unicode code points) of a name. */
    public static final int NAME_MAX = 200;

    /** Validates. */
    public NewOrder {
        Objects.requireNonNull(orderId, "orderId");
        if (!isStorableName(orderName)) {
            throw new IllegalArgumentException("orderName of order " + orderId + " must have " + NAME_MIN + " to "
                    + NAME_MAX + " characters, not be blank and have no control characters");
        }
        if (!isValidQuantity(quantity)) {
            throw new IllegalArgumentException("quantity of order " + orderId + " is " + quantity + ", must be between "
                    + QUANTITY_MIN + " and " + QUANTITY_MAX);
        }
    }

    /**
     * Tells whether a new order may have this name.
     *
     * @param name the name, may be null
     * @return whether it is within the limits, and {@link VisibleText}
     */
    public static boolean isValidName(String name) {
        return VisibleText.isWithin(name, NAME_MAX);
    }

    private static boolean isStorableName(String name) {
        return name != null
                && !name.isBlank()
                && name.codePointCount(0, name.length()) <= NAME_MAX
                && name.codePoints().noneMatch(NewOrder::isUnstorable);
    }

    /**
     * Tells whether an order may have this quantity.
     *
     * @param quantity pieces
     * @return whether it is within the limits
     */
    public static boolean isValidQuantity(int quantity) {
        return quantity >= QUANTITY_MIN && quantity <= QUANTITY_MAX;
    }

    /** Control characters break logs and U+0000 breaks PostgreSQL's text; a lone surrogate is no character at all. */
    private static boolean isUnstorable(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
