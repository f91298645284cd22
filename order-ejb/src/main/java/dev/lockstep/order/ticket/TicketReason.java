package dev.lockstep.order.ticket;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a ticket ended without an order, or failed. Whoever tells it to a person finds the words.
 *
 * @param code which reason
 * @param available pieces that were left when its number was called; only if it is {@link Code#OUT_OF_STOCK}
 * @param words what the operator or the database said; only if it is {@link Code#REFUSED} or {@link Code#REJECTED}
 */
public record TicketReason(Code code, OptionalInt available, Optional<String> words) {

    /** The reasons. */
    public enum Code {
        /** Fewer pieces were left than it asks for. */
        OUT_OF_STOCK,
        /** There is no such product. */
        UNKNOWN_PRODUCT,
        /** An order has its id, and did not come from it. */
        ID_TAKEN,
        /** An operator refused it. */
        REFUSED,
        /** A database would not take it. */
        REJECTED
    }

    /** Validates. */
    public TicketReason {
        Objects.requireNonNull(code, "code");
    }

    /** {@return too few pieces; {@code available} were left} */
    public static TicketReason outOfStock(int available) {
        return new TicketReason(Code.OUT_OF_STOCK, OptionalInt.of(available), Optional.empty());
    }

    /** {@return there is no such product} */
    public static TicketReason unknownProduct() {
        return new TicketReason(Code.UNKNOWN_PRODUCT, OptionalInt.empty(), Optional.empty());
    }

    /** {@return an order has its id} */
    public static TicketReason idTaken() {
        return new TicketReason(Code.ID_TAKEN, OptionalInt.empty(), Optional.empty());
    }

    /** {@return an operator refused it, with these words for its owner} */
    public static TicketReason refused(String words) {
        return new TicketReason(Code.REFUSED, OptionalInt.empty(), Optional.of(words));
    }

    /** {@return a database would not take it, and said so} */
    public static TicketReason rejected(String words) {
        return new TicketReason(Code.REJECTED, OptionalInt.empty(), Optional.of(words));
    }
}
