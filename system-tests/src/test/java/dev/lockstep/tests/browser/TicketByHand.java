package dev.lockstep.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.RunningShop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Tickets in states that none of a test's tickets comes to by itself: five attempts with their pauses would take long. */
final class TicketByHand {

    private TicketByHand() {}

    static void become(RunningShop shop, UUID ticketId, String state, String reason) throws SQLException {
        try (Connection connection = shop.databases().orders().getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE ticket SET state = ?, reason = ?, ended_at = CASE ? WHEN 'SOLD_OUT' THEN now() END"
                                + " WHERE ticket_id = ?")) {
            update.setString(1, state);
            update.setString(2, reason);
            update.setString(3, state);
            update.setObject(4, ticketId);
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
