package dev.lockstep.participant.branch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A branch as PostgreSQL knows it. It bears the global id of the server that holds the commit point and, in a qualifier of the
 * participant's own, what whoever finds it prepared must know:
 *
 * <ul>
 *   <li>{@code C0.product.1z141z3.5.a3f} is a commit point.
 *   <li>{@code F1.product.1z141z3.5.a3f} is the second branch of the same server, a follower whose commit point is in that database.
 *   <li>{@code F2-1-0.product.1z141z3.5.a3f} is the first branch of another server: the first that was called by the second that was called.
 * </ul>
 *
 * <p>In one transaction no name comes twice. A follower on the holder's server has no hyphen before its number, any other has one. Between
 * those the path tells the servers apart, for it ends before the last hyphen, and {@linkplain #below each server has one of its own}.
 *
 * @param global the transaction that decides: the holder's
 * @param role what it is to it
 * @param path the place of its server among those of the transaction; empty if it is the holder
 * @param index its place among the branches of its server, 0 to 99; 0 for the commit point, wherever that was enlisted
 * @param commitPoint the participant that keeps the decision
 */
public record BranchId(GlobalId global, Role role, String path, int index, ParticipantId commitPoint) {

    /** The highest index of a branch, and the highest number of a called server. */
    public static final int INDEX_LIMIT = 99;

    /** The path of the server where the transaction began. */
    public static final String ROOT = "0";

    /** The longest path: with it, the longest participant and a global id of XA's 64 bytes, a name has 197 bytes. */
    public static final int PATH_LIMIT = 12;

    /** The longest name that PostgreSQL takes, in bytes (GIDSIZE in xact.h, which counts a terminating zero). */
    private static final int GID_LIMIT = 199;

    private static final String PATH = "0|[1-9][0-9]?(?:-[1-9][0-9]?)*";
    private static final Pattern QUALIFIER = Pattern.compile("([CF])(?:(" + PATH + ")-)?([0-9]{1,2})\\.(.+)");
    private static final Pattern ANY_PATH = Pattern.compile(PATH);

    /**
     * Checks that role, path and index agree, and that the name is not too long.
     *
     * @throws IllegalArgumentException if there are more branches than 100, if role, path and index contradict each other, or if the
     *     name has more than 199 bytes
     */
    public BranchId {
        boolean isCommitPoint = index == 0 && path.isEmpty();
        if (index < 0 || index > INDEX_LIMIT || isCommitPoint != (role == Role.COMMIT_POINT)) {
            throw new IllegalArgumentException("Branch " + index + " of " + global
                    + (path.isEmpty() ? "" : " at the server " + path) + " cannot be a " + role + "; the limit is "
                    + INDEX_LIMIT);
        }
        if (!path.isEmpty()) {
            requirePath(path);
            int length = gid(global, qualifier(role, path, index, commitPoint)).length();
            if (length > GID_LIMIT) {
                throw new IllegalArgumentException("The name of branch " + index + " of " + global + " at the server "
                        + path + " would have " + length + " bytes; PostgreSQL's limit is " + GID_LIMIT);
            }
        }
    }

    /**
     * A branch of the holder's server, as all are where no server was called.
     *
     * @param global its transaction
     * @param role what it is to it
     * @param index its place in the order of enlistment, 0 to 99
     * @param commitPoint the participant that keeps the decision
     */
    public BranchId(GlobalId global, Role role, int index, ParticipantId commitPoint) {
        this(global, role, "", index, commitPoint);
    }

    /**
     * Checks a path.
     *
     * @param path {@code 0} for the root, else numbers from 1 to 99 with hyphens between them
     * @return it
     * @throws IllegalArgumentException if it is none, or has more than 12 characters
     */
    public static String requirePath(String path) {
        if (!ANY_PATH.matcher(path).matches() || path.length() > PATH_LIMIT) {
            throw new IllegalArgumentException("path=" + path + " must be 0, or numbers from 1 to " + INDEX_LIMIT
                    + " with hyphens between them; the limit is " + PATH_LIMIT + " characters");
        }
        return path;
    }

    /**
     * Finds the path of a called server. Each caller counts those that it calls, so no two servers of a transaction have one path.
     *
     * @param caller the caller's path
     * @param number which of those that it calls, 1 to 99
     * @return the path
     * @throws IllegalArgumentException if the number is another one, or the path has more than 12 characters
     */
    public static String below(String caller, int number) {
        return requirePath(caller.equals(ROOT) ? Integer.toString(number) : caller + "-" + number);
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
                            matcher.group(2) == null ? "" : matcher.group(2),
                            Integer.parseInt(matcher.group(3)),
                            ParticipantId.parse(matcher.group(4))))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return its name in {@code pg_prepared_xacts}: {@code formatId_globalId_qualifier}, as pgjdbc writes them} */
    public String gid() {
        return gid(global, qualifier());
    }

    private static String gid(GlobalId global, String qualifier) {
        return global.text() + "_"
                + Base64.getEncoder().encodeToString(qualifier.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@return role, path and index, such as {@code C0}, {@code F1} or {@code F2-0}} */
    public String label() {
        return label(role, path, index);
    }

    private static String label(Role role, String path, int index) {
        return role.letter() + (path.isEmpty() ? "" : path + "-") + index;
    }

    /** {@return label and commit point, readable} */
    public String qualifier() {
        return qualifier(role, path, index, commitPoint);
    }

    private static String qualifier(Role role, String path, int index, ParticipantId commitPoint) {
        return label(role, path, index) + "." + commitPoint;
    }

    @Override
    public String toString() {
        return global + " " + qualifier();
    }
}
