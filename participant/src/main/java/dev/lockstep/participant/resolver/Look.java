package dev.lockstep.participant.resolver;

import static java.util.stream.Collectors.toSet;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.NameLock;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.PreparedBranch;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is prepared in one database, shown to people with the evidence of R1 and R2. Unlike the resolver it does not pass over what a
 * living coordinator is at work on: the order of R2's reads alone must keep it from being misread.
 */
record Look(LocalTransactions local, Sessions sessions, ParticipantDatabase database) {

    /** {@return all of it} */
    List<BranchInDoubt> atAll() throws SQLException {
        return judge(sessions.ask(database, Session::prepared));
    }

    /** {@return the branch, or empty if it is not prepared} */
    Optional<BranchInDoubt> at(BranchId branch) throws SQLException {
        return judge(sessions.ask(database, Session::prepared).stream()
                        .filter(prepared -> prepared.id().equals(branch))
                        .toList())
                .stream()
                .findAny();
    }

    /** {@return what the commit point's database knows of a branch's transaction} */
    Verdict asked(BranchId branch) {
        return ask(branch.commitPoint(), Set.of(branch.global())).apply(branch.global());
    }

    /** What is asked about the branches is asked after they were seen. */
    private List<BranchInDoubt> judge(List<PreparedBranch> seen) throws SQLException {
        if (seen.isEmpty()) {
            return List.of();
        }
        Set<Long> locks = sessions.ask(database, Session::advisoryLocks);
        Set<GlobalId> globals =
                seen.stream().map(prepared -> prepared.id().global()).collect(toSet());
        Map<ParticipantId, Function<GlobalId, Verdict>> commitPoints = new HashMap<>();
        List<BranchInDoubt> branches = new ArrayList<>();
        for (PreparedBranch prepared : seen) {
            BranchId branch = prepared.id();
            Verdict verdict = branch.role() == Role.COMMIT_POINT
                    ? new Verdict(Evidence.OPEN, "it is the commit point, and still prepared")
                    : local.looseEnds().isCommitted(branch.global())
                            ? FollowersInDoubt.KNOWN
                            : commitPoints
                                    .computeIfAbsent(branch.commitPoint(), there -> ask(there, globals))
                                    .apply(branch.global());
            branches.add(describe(prepared, verdict, locks));
        }
        return branches;
    }

    /** R2, by whatever can be learned from the commit points' database, or from a peer that reaches it. */
    private Function<GlobalId, Verdict> ask(ParticipantId commitPoint, Collection<GlobalId> globals) {
        boolean isReachedHere = local.database(commitPoint).isPresent();
        try {
            return Testimony.take(sessions, commitPoint, isReachedHere, globals)::on;
        } catch (SQLException e) {
            Verdict unknown = new Verdict(
                    Evidence.UNKNOWN,
                    isReachedHere
                            ? "its commit point is in the database " + commitPoint + ", which does not answer: "
                                    + e.getMessage()
                            : FollowersInDoubt.unreachable(local, commitPoint));
            return global -> unknown;
        }
    }

    private BranchInDoubt describe(PreparedBranch prepared, Verdict verdict, Set<Long> locks) {
        BranchId branch = prepared.id();
        String owner = branch.global().coordinator();
        Verdict r1 = new CommitPointsInDoubt(local, sessions, database).judge(branch.global(), locks);
        return new BranchInDoubt(
                branch.gid(),
                branch.global().text(),
                database.id().name(),
                branch.label(),
                branch.role() == Role.COMMIT_POINT,
                branch.commitPoint().name(),
                owner,
                locks.contains(NameLock.key(owner)),
                local.name().isOurs(owner, database),
                prepared.since(),
                verdict.evidence(),
                verdict.evidence() == Evidence.OPEN ? verdict.because() + "; " + next(branch, r1) : verdict.because(),
                permitted(branch.role(), verdict.evidence(), r1.evidence()));
    }

    /** What becomes of the commit point if nobody does anything. Whether another server lives its own database tells, not this one. */
    private static String next(BranchId branch, Verdict r1) {
        if (!branch.path().isEmpty()) {
            return "that server, or whoever reaches the database, ends it";
        }
        return switch (r1.evidence()) {
                    case COMMIT -> "the resolver commits it: ";
                    case ROLLBACK -> "the resolver rolls it back: ";
                    case OPEN, UNKNOWN -> "nothing is decided: ";
                }
                + r1.because();
    }

    private static Set<Resolution> permitted(Role role, Evidence evidence, Evidence r1) {
        if (role == Role.COMMIT_POINT) {
            return r1 == Evidence.COMMIT ? Set.of(Resolution.values()) : Set.of(Resolution.ROLLBACK);
        }
        return switch (evidence) {
            case COMMIT -> Set.of(Resolution.COMMIT);
            case ROLLBACK -> Set.of(Resolution.ROLLBACK);
            case OPEN, UNKNOWN -> Set.of();
        };
    }
}
