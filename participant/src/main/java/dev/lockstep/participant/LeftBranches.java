package dev.lockstep.participant;

import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Survey;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * Settles what dead servers left prepared, by the rules R1 and R2, and takes part in nothing. It is for whoever must change a table that a
 * branch has locked before any server may start. The branches of a living server are left to that.
 *
 * <p>It works from the first connection of its data sources until it is closed. For one thread.
 */
public final class LeftBranches implements AutoCloseable {

    /** Of its own, since it is no copy of what may work in this JVM besides. */
    private final Instance instance = new Instance(new Properties());

    /**
     * A way into a database, to be configured; a connection of it, which may be closed at once, makes the database known.
     *
     * @return it, as the user that prepared the branches has to enter
     */
    public ParticipantDataSource dataSource() {
        return new ParticipantDataSource(instance);
    }

    /**
     * Looks what is still to be settled.
     *
     * @return the branches of dead servers that are prepared now in the databases that are known
     * @throws SQLException if one of them does not answer
     */
    public List<BranchInDoubt> remaining() throws SQLException {
        Survey survey = instance.inDoubt().survey();
        if (!survey.silent().isEmpty()) {
            throw new SQLException("Not known what is prepared: " + survey.silent());
        }
        return survey.branches().stream()
                .filter(branch -> !branch.isCoordinatorAlive())
                .toList();
    }

    /** Ends with the round under way. */
    @Override
    public void close() {
        instance.close();
    }
}
