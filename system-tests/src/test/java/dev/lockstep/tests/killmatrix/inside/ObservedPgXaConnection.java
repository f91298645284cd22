package dev.lockstep.tests.killmatrix.inside;

import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXAConnection;

/** A connection of pgjdbc that tells its steps in the participant's words: branch 0 commits first, so it is called C0. */
final class ObservedPgXaConnection extends PGXAConnection {

    private final String participant;

    ObservedPgXaConnection(BaseConnection physical, String participant) throws SQLException {
        super(physical);
        this.participant = participant;
    }

    /** A call to the driver. */
    @FunctionalInterface
    private interface XaCall {
        int run() throws XAException;
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        observe(Kind.START, xid, () -> {
            super.start(xid, flags);
            return 0;
        });
    }

    @Override
    public void end(Xid xid, int flags) throws XAException {
        observe(Kind.END, xid, () -> {
            super.end(xid, flags);
            return 0;
        });
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        return observe(Kind.PREPARE, xid, () -> super.prepare(xid));
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        observe(!onePhase && index(xid) == 0 ? Kind.DECISION : Kind.COMMIT, xid, () -> {
            super.commit(xid, onePhase);
            return 0;
        });
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        observe(Kind.ROLLBACK, xid, () -> {
            super.rollback(xid);
            return 0;
        });
    }

    private int observe(Kind kind, Xid xid, XaCall call) throws XAException {
        tell(kind, Moment.BEFORE, xid, Result.NONE, "");
        try {
            int answer = call.run();
            tell(kind, Moment.AFTER, xid, Result.NONE, "");
            return answer;
        } catch (XAException e) {
            tell(kind, Moment.AFTER, xid, Result.REFUSED, e.getMessage());
            throw e;
        }
    }

    private void tell(Kind kind, Moment moment, Xid xid, Result result, String detail) {
        Transactions.tell(() -> new TransactionEvent(
                kind,
                moment,
                xid.getFormatId() + "_" + Base64.getEncoder().encodeToString(xid.getGlobalTransactionId()),
                participant,
                (index(xid) == 0 ? "C" : "F") + index(xid),
                index(xid) == 0,
                Instant.now(),
                result,
                detail));
    }

    /** JTS ends a branch qualifier with the place in the order of enlistment. */
    private static int index(Xid xid) {
        byte[] qualifier = xid.getBranchQualifier();
        return qualifier[qualifier.length - 1];
    }
}
