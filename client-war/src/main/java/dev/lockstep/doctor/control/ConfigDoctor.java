package dev.lockstep.doctor.control;

import dev.lockstep.door.control.HostNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Examines what the application was configured with, before it takes the first order. */
@ApplicationScoped
public class ConfigDoctor {

    private final Participants participants;
    private final PrepareRehearsal rehearsal;

    protected ConfigDoctor() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param participants both databases
     * @param rehearsal proves that a pool is XA
     */
    @Inject
    public ConfigDoctor(Participants participants, PrepareRehearsal rehearsal) {
        this.participants = participants;
        this.rehearsal = rehearsal;
    }

    /** {@return all that is wrong, in the order it was found; empty when all is well} */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        Optional<DatabaseFacts> product = examine(participants.product(), findings);
        Optional<DatabaseFacts> orders = examine(participants.orders(), findings);
        if (product.isPresent() && orders.isPresent()) {
            findings.addAll(Diagnosis.ofBoth(product.get(), orders.get()));
        }
        HostNames.of(System.getenv()).doubt().map(Finding::warning).ifPresent(findings::add);
        return findings;
    }

    private Optional<DatabaseFacts> examine(ParticipantDatabase database, List<Finding> findings) {
        try {
            DatabaseFacts facts = database.facts();
            findings.addAll(Diagnosis.ofOne(database, facts));
            if (facts.canPrepare()) {
                rehearse(database, findings);
            }
            return Optional.of(facts);
        } catch (SQLException e) {
            findings.add(Finding.error(
                    database.jndiName() + " does not answer: " + e.getMessage() + "; check that the server runs"
                            + " and " + database.variables() + "HOST, PORT, NAME, USER and PASSWORD"));
            return Optional.empty();
        }
    }

    private void rehearse(ParticipantDatabase database, List<Finding> findings) {
        try {
            rehearsal.of(database).ifPresent(findings::add);
        } catch (SQLException e) {
            findings.add(Finding.error(database.jndiName() + " answers, but no transaction can begin there: "
                    + e.getMessage() + "; the participant's error in the server's log says why"));
        }
    }
}
