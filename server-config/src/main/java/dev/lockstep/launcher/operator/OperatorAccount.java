package dev.lockstep.launcher.operator;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The account with which an operator logs in to the pages; kept in the orders database.
 *
 * @param orders the orders database, migrated, as the owner of its tables enters it
 */
public record OperatorAccount(DatabaseSettings orders) {

    /** The name of the only account that the launcher makes. */
    public static final String NAME = "operator";

    /** SQLSTATE insufficient_privilege. */
    private static final String NOT_THE_OWNER = "42501";

    private static final String ANY = "SELECT 1 FROM operator LIMIT 1";

    private static final String HASH = "SELECT password_hash FROM operator WHERE name = ?";

    /** Of two servers that start on one database at the same time, only one makes it. */
    private static final String MAKE =
            "INSERT INTO operator (name, password_hash) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private static final String RENEW = "INSERT INTO operator (name, password_hash) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash";

    /**
     * Makes the account, if there is none at all.
     *
     * @return its password, which is kept nowhere; empty if there is an account already
     * @throws StartException if the database fails
     */
    public Optional<String> makeIfMissing() {
        try (Connection connection = Schema.dataSource(orders).getConnection();
                PreparedStatement any = connection.prepareStatement(ANY)) {
            if (any.executeQuery().next()) {
                return Optional.empty();
            }
            Password password = Password.random();
            return write(connection, MAKE, password) == 1 ? Optional.of(password.text()) : Optional.empty();
        } catch (SQLException e) {
            throw failed("make", e);
        }
    }

    /**
     * Reads how the account's password is verified.
     *
     * @return the hash; empty if there is no such account
     * @throws StartException if the database fails
     */
    public Optional<String> hash() {
        try (Connection connection = Schema.dataSource(orders).getConnection();
                PreparedStatement statement = connection.prepareStatement(HASH)) {
            statement.setString(1, NAME);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    /**
     * Gives the account a new password, and makes the account if need be. Who logged in with an older one must log in anew.
     *
     * @return the password, which is kept nowhere
     * @throws StartException if the database fails or is not there
     */
    public String renewPassword() {
        Password password = Password.random();
        try (Connection connection = Schema.dataSource(orders).getConnection()) {
            write(connection, RENEW, password);
            return password.text();
        } catch (SQLException e) {
            throw failed("renew", e);
        }
    }

    private static int write(Connection connection, String sql, Password password) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, NAME);
            statement.setString(2, password.hash());
            return statement.executeUpdate();
        }
    }

    private StartException failed(String verb, SQLException e) {
        String remedy = NOT_THE_OWNER.equals(e.getSQLState())
                ? "; 'java -jar lockstep.jar migrate' makes it, and 'operator' a new password, with USER and PASSWORD of the"
                        + " role that owns the tables"
                : "";
        return new StartException(
                "Cannot " + verb + " the operator's account in the orders database at " + orders.address() + ": "
                        + e.getMessage() + remedy,
                e);
    }
}
