package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** What the columns of tickets say. */
final class TicketRow {

    private TicketRow() {}

    static Ticket ticket(ResultSet row) throws SQLException {
        Long place = row.getObject("place", Long.class);
        return new Ticket(
                order(row),
                row.getLong("ticket_number"),
                instant(row, "given_at").orElseThrow(),
                TicketState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                reason(row),
                instant(row, "create_time"),
                place == null ? OptionalLong.empty() : OptionalLong.of(place),
                row.getLong("called"),
                secondsEach(row));
    }

    static NewOrder order(ResultSet row) throws SQLException {
        return new NewOrder(
                row.getObject("ticket_id", UUID.class),
                row.getString("order_name"),
                row.getInt("product_id"),
                row.getInt("quantity"));
    }

    static OptionalDouble secondsEach(ResultSet row) throws SQLException {
        Double seconds = row.getObject("seconds_each", Double.class);
        return seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    /** A server of an earlier version has left words alone: of an operator if the ticket has ended, else of a database. */
    private static Optional<TicketReason> reason(ResultSet row) throws SQLException {
        String code = row.getString("reason_code");
        Optional<String> words = Optional.ofNullable(row.getString("reason"));
        if (code == null) {
            boolean isSoldOut = row.getString("state").equals(TicketState.SOLD_OUT.name());
            return words.map(isSoldOut ? TicketReason::refused : TicketReason::rejected);
        }
        Integer available = row.getObject("available", Integer.class);
        return Optional.of(new TicketReason(
                TicketReason.Code.valueOf(code),
                available == null ? OptionalInt.empty() : OptionalInt.of(available),
                words));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
