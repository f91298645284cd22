package dev.lockstep.doctor.boundary;

import dev.lockstep.doctor.control.DatabaseFacts;
import dev.lockstep.doctor.control.ParticipantDatabase;
import dev.lockstep.doctor.control.Participants;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.UndecidableBranch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: an order can be taken, because both databases answer and can prepare one more branch.
 * Branches that nobody can settle are told, too; they hold rows, but need not stop other orders. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

    private final Participants participants;

    /** For the container's proxy. */
    protected DatabaseReadiness() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param participants both databases
     */
    @Inject
    public DatabaseReadiness(Participants participants) {
        this.participants = participants;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("databases");
        boolean product = canPrepare(participants.product(), response);
        boolean orders = canPrepare(participants.orders(), response);
        for (UndecidableBranch branch : Transactions.undecidable()) {
            response.withData(
                    "prepared in " + branch.participant() + ": " + branch.gid(),
                    "cannot be settled: " + branch.reason());
        }
        return response.status(product && orders).build();
    }

    private static boolean canPrepare(ParticipantDatabase database, HealthCheckResponseBuilder response) {
        try {
            DatabaseFacts facts = database.facts();
            response.withData(
                    database.name(),
                    facts.preparedNow() + " of " + facts.preparedMax() + " prepared transactions in use"
                            + (facts.readOnly() ? "; read-only" : ""));
            return facts.canPrepare();
        } catch (SQLException e) {
            response.withData(database.name(), "does not answer: " + e.getMessage());
            return false;
        }
    }
}
