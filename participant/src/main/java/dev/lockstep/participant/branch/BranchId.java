package dev.lockstep.participant.branch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.transaction.xa.Xid;

/**
 * A branch as PostgreSQL knows it. It keeps the global id and carries, in a branch qualifier of the participant's own, what whoever
 * finds it prepared must know: {@code C0.product.1z141z3.5.a3f} is a commit point, {@code F1.product.1z141z3.5.a3f} is the second
 * branch, a follower whose commit point is in that database.
 *
 * @param global its transaction
 * @param role what it is to it
 * @param index its place in the order of enlistment, 0 to 99; 0 is the commit point
 * @param commitPoint the participant that keeps the decision
 */
public record BranchId(GlobalId global, Role role, int index, ParticipantId commitPoint) implements Xid {

    private static final int INDEX_LIMIT = 99;
    private static final Pattern QUALIFIER = Pattern.compile("([CF])([0-9]{1,2})\\.(.+)");

    /**
     * Checks that role and index agree.
     *
     * @throws IllegalArgumentException if there are more branches than 100, or role and index contradict each other
     */
    public BranchId {
        if (index < 0 || index > INDEX_LIMIT || (index == 0) != (role == Role.COMMIT_POINT)) {
            throw new IllegalArgumentException(
                    "Branch " + index + " of " + global + " cannot be a " + role + "; the limit is " + INDEX_LIMIT);
        }
    }

    /**
     * Reads a name from {@code pg_prepared_xacts}.
     *
     * @param gid the name, not null
     * @return the branch, or empty if it is not one of ours: such a branch is nobody's business here
     */
    public static Optional<BranchId> parse(String gid) {
        int separator = gid.lastIndexOf('_');
        if (separator <= 0) {
            return Optional.empty();
        }
        try {
            byte[] qualifier = Base64.getDecoder().decode(gid.substring(separator + 1));
            Matcher matcher = QUALIFIER.matcher(new String(qualifier, StandardCharsets.ISO_8859_1));
            return matcher.matches()
                    ? Optional.of(new BranchId(
                            new GlobalId(gid.substring(0, separator)),
                            Role.of(matcher.group(1).charAt(0)),
                            Integer.parseInt(matcher.group(2)),
                            ParticipantId.parse(matcher.group(3))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return its name in {@code pg_prepared_xacts}: {@code formatId_globalId_qualifier}, as pgjdbc writes it} */
    public String gid() {
        return global.text() + "_" + Base64.getEncoder().encodeToString(getBranchQualifier());
    }

    @Override
    public int getFormatId() {
        return GlobalId.JTS_FORMAT;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return global.bytes();
    }

    @Override
    public byte[] getBranchQualifier() {
        return qualifier().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return role and index, such as {@code C0} or {@code F1}} */
    public String label() {
        return role.letter() + Integer.toString(index);
    }

    /** {@return role, index and commit point, readable} */
    public String qualifier() {
        return label() + "." + commitPoint;
    }

    @Override
    public String toString() {
        return global + " " + qualifier();
    }
}
