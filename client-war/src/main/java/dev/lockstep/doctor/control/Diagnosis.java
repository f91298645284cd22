package dev.lockstep.doctor.control;

import java.util.ArrayList;
import java.util.List;

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
     * Judges how both go together.
     *
     * @param product the product database
     * @param orders the orders database
     * @return what is wrong with the pair
     */
    public static List<Finding> ofBoth(DatabaseFacts product, DatabaseFacts orders) {
        if (product.isSameAs(orders)) {
            return List.of(Finding.error("jdbc/product and jdbc/orders both lead to the database " + product.database()
                    + " of one server; give LOCKSTEP_PRODUCT_DB_* and LOCKSTEP_ORDERS_DB_* different databases"));
        }
        if (product.sharesServerWith(orders)) {
            return tooFewPrepared("jdbc/product and jdbc/orders share a server whose", 2 * POOL_SIZE, product);
        }
        List<Finding> findings = new ArrayList<>(tooFewPrepared("jdbc/product:", POOL_SIZE, product));
        findings.addAll(tooFewPrepared("jdbc/orders:", POOL_SIZE, orders));
        return findings;
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
