package dev.lockstep.tests;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shop that gives tickets, and a client of it. */
@ExtendWith(AtTheShop.class)
abstract class TicketFixture {

    static final Duration LIMIT = Duration.ofSeconds(30);

    RunningShop shop;
    Databases databases;
    OrderApi api;
    TicketClient tickets;

    @BeforeEach
    void office(RunningShop running) {
        shop = running;
        databases = shop.databases();
        api = shop.api();
        tickets = new TicketClient(api);
    }

    /** Adds a product of its own for a test; returns when tickets are given for it. */
    int productOf(int pieces) throws SQLException {
        int productId = databases.productOf(pieces);
        tickets.awaitKnown(productId);
        return productId;
    }

    static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
