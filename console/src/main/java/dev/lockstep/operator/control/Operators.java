package dev.lockstep.operator.control;

import dev.lockstep.databases.ParticipantDatabases;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The operators, in the one database that keeps them. Jakarta Security's own database store answers sooner for a name that it does not
 * know, and so tells which names there are; this one takes the same time for both. It is no {@code IdentityStore}: who asks stores by way of
 * the container gets what they throw inside an exception of its own.
 */
@ApplicationScoped
public class Operators {

    private static final String HASH_OF = "SELECT password_hash FROM operator WHERE name = ?";

    /** Made like those of the launcher, of a password that nobody has: its hash is all zeros. */
    private static final String NOBODYS_HASH =
            "PBKDF2WithHmacSHA512:210000:" + "A".repeat(43) + "=:" + "A".repeat(86) + "==";

    private final Pbkdf2PasswordHash hashes;

    private final ParticipantDatabases databases;

    protected Operators() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param hashes verifies passwords
     * @param databases one of them keeps the operators
     */
    @Inject
    public Operators(Pbkdf2PasswordHash hashes, ParticipantDatabases databases) {
        this.hashes = hashes;
        this.databases = databases;
    }

    /**
     * Tells whether name and password belong together.
     *
     * @param login what was typed
     * @return the hash that the password was verified by, or empty if they do not
     * @throws OperatorsUnavailableException if the database does not answer
     */
    public Optional<String> verify(LoginRequest login) {
        Optional<String> hash = hashOf(login.name());
        boolean isRight = hashes.verify(login.password().toCharArray(), hash.orElse(NOBODYS_HASH));
        return hash.filter(known -> isRight);
    }

    private Optional<String> hashOf(String name) {
        try (Connection connection = databases.operators().getConnection();
                PreparedStatement statement = connection.prepareStatement(HASH_OF)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new OperatorsUnavailableException(e);
        }
    }
}
