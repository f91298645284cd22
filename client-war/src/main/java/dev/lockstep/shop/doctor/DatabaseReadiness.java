package dev.lockstep.shop.doctor;

import dev.lockstep.doctor.DatabaseFacts;
import dev.lockstep.doctor.ParticipantDatabase;
import dev.lockstep.doctor.Participants;
import dev.lockstep.doctor.WriteWatch;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.UndecidableBranch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: an order can be taken, because both databases answer, can prepare one more branch, and were written lately, be it by way of
 * trial. Branches that nobody can settle are told, too; they hold rows, but need not stop other orders. */
@Readiness
@ApplicationScoped
public class DatabaseReadiness implements HealthCheck {

    private final Participants participants;
    private final WriteWatch writes;

    protected DatabaseReadiness() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param participants both databases
     * @param writes knows whether they can be written
     */
    @Inject
    public DatabaseReadiness(Participants participants, WriteWatch writes) {
        this.participants = participants;
        this.writes = writes;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("databases");
        boolean isReady = true;
        for (ParticipantDatabase database : participants.all()) {
            isReady &= canTakeAnOrder(database, response);
        }
        for (UndecidableBranch branch : Transactions.undecidable()) {
            response.withData(
                    "prepared in " + branch.participant() + ": " + branch.gid(),
                    "cannot be settled: " + branch.reason());
        }
        return response.status(isReady).build();
    }

    private boolean canTakeAnOrder(ParticipantDatabase database, HealthCheckResponseBuilder response) {
        Optional<String> failure = writes.failure(database);
        String written = failure.map("; "::concat).orElse("");
        try {
            DatabaseFacts facts = database.facts();
            response.withData(
                    database.name(),
                    facts.preparedNow() + " of " + facts.preparedMax() + " prepared transactions in use"
                            + (facts.readOnly() ? "; read-only" : "") + written);
            return facts.canPrepare() && failure.isEmpty();
        } catch (SQLException e) {
            response.withData(database.name(), "does not answer: " + e.getMessage() + written);
            return false;
        }
    }
}
