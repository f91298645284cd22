package dev.lockstep.doctor;

import dev.lockstep.web.door.control.HostNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Examines what the application was configured with, before it takes the first order. */
@ApplicationScoped
public class ConfigDoctor {

    private final Instance<Participants> participants;
    private final PrepareRehearsal rehearsal;

    protected ConfigDoctor() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param participants the databases, if the application names any
     * @param rehearsal proves that a pool is XA
     */
    @Inject
    public ConfigDoctor(Instance<Participants> participants, PrepareRehearsal rehearsal) {
        this.participants = participants;
        this.rehearsal = rehearsal;
    }

    /** {@return all that is wrong, in the order it was found; empty when all is well} */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        Map<ParticipantDatabase, DatabaseFacts> answers = new LinkedHashMap<>();
        participants.stream()
                .flatMap(application -> application.all().stream())
                .forEach(database -> examine(database, findings).ifPresent(facts -> answers.put(database, facts)));
        findings.addAll(Diagnosis.ofAll(answers));
        findings.addAll(ofSettings());
        return findings;
    }

    private List<Finding> ofSettings() {
        List<Finding> wrong = participants.stream()
                .flatMap(application -> application.wrongSettings().stream())
                .map(Finding::error)
                .toList();
        return wrong.isEmpty()
                ? HostNames.of(System.getenv()).doubt().map(Finding::warning).stream()
                        .toList()
                : wrong;
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
