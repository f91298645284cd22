package dev.lockstep.participant.resolver;

import static java.util.stream.Collectors.toSet;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.UndecidableBranch;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One round: every database in turn, by the rules R1, R2 and R3 in this order. */
final class Round {

    private static final Logger LOG = System.getLogger(Round.class.getName());

    private final LocalTransactions local;
    private final Sessions sessions;
    private final Ages ages;

    Round(LocalTransactions local, Sessions sessions, Ages ages) {
        this.local = local;
        this.sessions = sessions;
        this.ages = ages;
    }

    void run() {
        for (ParticipantDatabase database : local.databases()) {
            try {
                List<PreparedBranch> prepared = left(database);
                local.name().renew(database);
                List<UndecidableBranch> undecidable = new ArrayList<>();
                Settlement settlement = new Settlement(sessions, database, undecidable);
                new CommitPointsInDoubt(local, sessions, database).settle(prepared, settlement);
                new FollowersInDoubt(local, sessions, database).settle(prepared, settlement);
                report(database, undecidable);
                new Forgetting(local, sessions, database, ages).forget();
            } catch (SQLException e) {
                LOG.log(Level.DEBUG, "Left for the next round: " + database, e);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        "The resolver failed in " + database + "; the other databases and the next round follow",
                        e);
            }
        }
    }

    /**
     * Looks for what nobody here is at work on any more. A transaction may end between a look and the question whether it lives, so what
     * seems left is looked for once more; else, under load, servers would log an error each second for what they can only refuse. No rule
     * needs this: no request does anything to a branch that has ended.
     */
    private List<PreparedBranch> left(ParticipantDatabase database) throws SQLException {
        List<PreparedBranch> seen = sessions.ask(database, Session::prepared).stream()
                .filter(branch -> !local.isLiving(branch.id()))
                .toList();
        if (seen.isEmpty()) {
            return seen;
        }
        Set<BranchId> still = sessions.ask(database, Session::prepared).stream()
                .map(PreparedBranch::id)
                .collect(toSet());
        return seen.stream().filter(branch -> still.contains(branch.id())).toList();
    }

    /** Each is told once in a process's life, so at every start; health tells it all the time. */
    private static void report(ParticipantDatabase database, List<UndecidableBranch> undecidable) {
        List<UndecidableBranch> told = Transactions.undecidable();
        undecidable.stream()
                .filter(branch -> !told.contains(branch))
                .forEach(branch -> LOG.log(
                        Level.WARNING,
                        "Not settled, and not guessed: " + branch.gid() + " in " + branch.participant() + ": "
                                + branch.reason()));
        Transactions.reportUndecidable(database.id().toString(), undecidable);
    }
}
