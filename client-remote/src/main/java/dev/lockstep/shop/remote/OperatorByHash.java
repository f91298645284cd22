package dev.lockstep.shop.remote;

import dev.lockstep.operator.control.LoginRequest;
import dev.lockstep.operator.control.Operators;
import dev.lockstep.web.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Specializes;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Optional;

/**
 * The one operator of this server. Their table is where the orders database is; whoever starts both gives this server the hash of the operator's
 * password, by {@value #HASH}.
 */
@Specializes
@ApplicationScoped
public class OperatorByHash extends Operators {

    /** As the table has it; without it nobody can log in here. */
    static final String HASH = "LOCKSTEP_OPERATOR_HASH";

    static final String NAME = "operator";

    private final Pbkdf2PasswordHash hashes;

    protected OperatorByHash() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param hashes verifies passwords
     */
    @Inject
    public OperatorByHash(Pbkdf2PasswordHash hashes) {
        this.hashes = hashes;
    }

    static Optional<String> hash() {
        return Optional.ofNullable(System.getenv(HASH)).filter(hash -> !hash.isEmpty());
    }

    @Override
    public Optional<String> verify(LoginRequest login) {
        String hash = hash().orElseThrow(
                        () -> new ProblemException(ElsewhereServlet.notHere("Operators are", HASH + " is not set")));
        // The hash takes its time for any name, so that none is told by it.
        boolean isRight = hashes.verify(login.password().toCharArray(), hash);
        return Optional.of(hash).filter(known -> isRight && login.name().equals(NAME));
    }
}
