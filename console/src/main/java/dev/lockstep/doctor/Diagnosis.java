package dev.lockstep.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the doctor makes of the databases' facts; knows nothing of how they were got. */
public final class Diagnosis {

    /** The connections of one pool, as {@code lockstep.asadmin} sets {@code max-pool-size}. */
    public static final int POOL_SIZE = 32;

    private Diagnosis() {}

    /**
     * Judges one database.
     *
     * @param of the database
     * @param facts what it said
     * @return what is wrong with it, errors first
     */
    public static List<Finding> ofOne(ParticipantDatabase of, DatabaseFacts facts) {
        List<Finding> findings = new ArrayList<>();
        String where = of.jndiName() + " (database " + facts.database() + ")";
        if (facts.preparedMax() == 0) {
            findings.add(Finding.error(where + " cannot prepare: max_prepared_transactions is 0; set it to at least "
                    + POOL_SIZE + ", the size of the pool, in postgresql.conf and restart the server"));
        }
        if (facts.preparedMax() > 0 && facts.preparedNow() >= facts.preparedMax()) {
            findings.add(Finding.error(where + " cannot prepare: all " + facts.preparedMax()
                    + " prepared transactions are in use; settle those in pg_prepared_xacts or raise"
                    + " max_prepared_transactions"));
        }
        if (!facts.fsync()) {
            findings.add(Finding.error(where + " forgets commits in a power cut: fsync is off; set fsync = on"));
        }
        if (facts.readOnly()) {
            findings.add(Finding.error(
                    where + " is a standby or read-only; set " + of.variables() + "HOST and PORT to the primary"));
        }
        if (!facts.migrated()) {
            findings.add(Finding.error(where + " has no table " + of.table() + " in the search path of the user in "
                    + of.variables() + "USER; run the launcher's migrate command against it"));
        }
        if (!facts.fullPageWrites()) {
            findings.add(
                    Finding.warning(
                            where
                                    + " may be damaged by a power cut: full_page_writes is off; set it on unless the disk writes pages whole"));
        }
        return findings;
    }

    /**
     * Judges how they go together.
     *
     * @param answers what each database said, in the order of examination
     * @return what is wrong with them together
     */
    public static List<Finding> ofAll(Map<ParticipantDatabase, DatabaseFacts> answers) {
        List<Finding> findings = new ArrayList<>();
        List<ParticipantDatabase> judged = new ArrayList<>();
        answers.forEach((of, facts) -> {
            List<ParticipantDatabase> neighbours = answers.keySet().stream()
                    .filter(other -> facts.sharesServerWith(answers.get(other)))
                    .toList();
            if (judged.stream().noneMatch(neighbours::contains)) {
                findings.addAll(ofServer(neighbours, answers));
            }
            judged.add(of);
        });
        return findings;
    }

    /** Judges the databases of one server. */
    private static List<Finding> ofServer(
            List<ParticipantDatabase> databases, Map<ParticipantDatabase, DatabaseFacts> answers) {
        List<Finding> findings = new ArrayList<>();
        for (ParticipantDatabase one : databases) {
            databases.subList(0, databases.indexOf(one)).stream()
                    .filter(earlier -> answers.get(earlier).isSameAs(answers.get(one)))
                    .forEach(earlier -> findings.add(
                            Finding.error(earlier.jndiName() + " and " + one.jndiName() + " both lead to the database "
                                    + answers.get(one).database() + " of one server; give " + earlier.variables()
                                    + "* and " + one.variables() + "* different databases")));
        }
        if (!findings.isEmpty()) {
            return findings;
        }
        String names = databases.stream().map(ParticipantDatabase::jndiName).collect(Collectors.joining(" and "));
        return tooFewPrepared(
                names + (databases.size() == 1 ? ":" : " share a server whose"),
                databases.size() * POOL_SIZE,
                answers.get(databases.get(0)));
    }

    private static List<Finding> tooFewPrepared(String where, int needed, DatabaseFacts facts) {
        if (facts.preparedMax() == 0 || facts.preparedMax() >= needed) {
            return List.of();
        }
        return List.of(Finding.warning(where + " max_prepared_transactions is " + facts.preparedMax()
                + ", less than the " + needed
                + " connections of the pools, so orders may be refused under load; set it to "
                + needed + " or more"));
    }
}
