package dev.lockstep.participant;

import dev.lockstep.participant.database.BranchSession;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.transaction.Branch;
import dev.lockstep.participant.transaction.Ending;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.function.Consumer;

/** How a connection ends that is of no more use: its session is given up for good, and whoever lent it is told. */
final class Lifeline {

    /** That of the resource, whose acts these are. */
    private static final Logger LOG = System.getLogger(ParticipantResource.class.getName());

    private final BranchSession session;
    private final Consumer<SQLException> whenBroken;

    /**
     * The one of a connection.
     *
     * @param session its SQL
     * @param whenBroken told when the connection has been given up
     */
    Lifeline(BranchSession session, Consumer<SQLException> whenBroken) {
        this.session = session;
        this.whenBroken = whenBroken;
    }

    void giveUp(SQLException reason) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A broken connection could not be closed", e);
        }
        whenBroken.accept(reason);
    }

    /** An ending whose connection failures end the connection for good. */
    Ending watched(Ending ending) {
        return () -> {
            try {
                ending.send();
            } catch (SQLException e) {
                if (SqlFailure.isConnectionLost(e)) {
                    giveUp(e);
                }
                throw e;
            }
        };
    }

    /** What is not prepared is gone with the connection, so a failure to say so changes nothing. */
    void undo(Branch undone) {
        try {
            session.rollback();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "The rollback of " + undone + " got no answer", e);
            giveUp(e);
        }
    }

    /** Ends work that another thread may be at. */
    void interrupt(Branch undone) {
        LOG.log(
                Level.WARNING,
                "Rolled back by another thread while it may be at work, so its connection is closed: " + undone);
        try {
            session.interrupt();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "The statement under way could not be cancelled", e);
        }
        whenBroken.accept(new SQLException("rolled back by another thread: " + undone, "08003"));
    }
}
