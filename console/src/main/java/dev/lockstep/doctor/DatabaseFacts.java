package dev.lockstep.doctor;

/**
 * What a database says of itself.
 *
 * @param preparedMax its {@code max_prepared_transactions}, shared by all databases of the server
 * @param preparedNow how many of them are in use
 * @param fsync whether a commit survives a power cut
 * @param fullPageWrites whether a torn page survives a power cut
 * @param readOnly whether it is a standby or refuses writes
 * @param migrated whether the service's table is there
 * @param database its name
 * @param cluster its server's system identifier, the same for all databases of a server and for its standbys
 */
public record DatabaseFacts(
        int preparedMax,
        int preparedNow,
        boolean fsync,
        boolean fullPageWrites,
        boolean readOnly,
        boolean migrated,
        String database,
        String cluster) {

    /** {@return whether one more branch can be prepared now} */
    public boolean canPrepare() {
        return preparedNow < preparedMax && !readOnly;
    }

    /**
     * Tells whether another database is on the same server.
     *
     * @param other the other one's facts
     * @return whether they share {@code max_prepared_transactions}
     */
    public boolean sharesServerWith(DatabaseFacts other) {
        return cluster.equals(other.cluster);
    }

    /**
     * Tells whether another datasource leads to this very database.
     *
     * @param other the other one's facts
     * @return whether both are one
     */
    public boolean isSameAs(DatabaseFacts other) {
        return sharesServerWith(other) && database.equals(other.database);
    }
}
