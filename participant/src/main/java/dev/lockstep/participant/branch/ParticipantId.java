package dev.lockstep.participant.branch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which database takes part, and where it keeps decisions. The numbers of the cluster, the database and the table tell it from any
 * other, wherever its server moves and by whatever host name it is reached; the name is for people and does not count in
 * comparisons. So two instances that call different databases by one name, or use different tables of one database, cannot take
 * the one for the other. (Two clusters cloned from one data directory have the same numbers.)
 *
 * @param name what people call it, 1 to 28 of {@code A-Z a-z 0-9 _ -}
 * @param cluster the server's {@code system_identifier}, shared by its physical standbys
 * @param database the database's {@code oid}
 * @param table the {@code oid} of its {@code xa_decision}
 */
public record ParticipantId(String name, long cluster, long database, long table) {

    /** The longest name: a branch qualifier holds 64 bytes (XA specification, section 4.2), and this much is left. */
    public static final int NAME_LIMIT = 28;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1," + NAME_LIMIT + "}");
    private static final Pattern TEXT =
            Pattern.compile("(" + NAME.pattern() + ")\\.([0-9a-z]{1,13})\\.([0-9a-z]{1,7})\\.([0-9a-z]{1,7})");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is empty, too long or has other characters; says which are allowed
     */
    public ParticipantId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("participantName=" + name + " must be 1 to " + NAME_LIMIT
                    + " letters A to Z, digits, hyphens or underscores");
        }
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @param text as in a branch qualifier or a decision row, not null
     * @return the participant
     * @throws IllegalArgumentException if it is none
     */
    public static ParticipantId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a participant: " + text);
        }
        return new ParticipantId(
                matcher.group(1),
                Long.parseUnsignedLong(matcher.group(2), Character.MAX_RADIX),
                Long.parseLong(matcher.group(3), Character.MAX_RADIX),
                Long.parseLong(matcher.group(4), Character.MAX_RADIX));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParticipantId id
                && cluster == id.cluster
                && database == id.database
                && table == id.table;
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(cluster) * 31 + Long.hashCode(database)) * 31 + Long.hashCode(table);
    }

    /** {@return {@code name.cluster.database.table}, the numbers in base 36} */
    @Override
    public String toString() {
        return name + "." + Long.toUnsignedString(cluster, Character.MAX_RADIX) + "."
                + Long.toString(database, Character.MAX_RADIX) + "." + Long.toString(table, Character.MAX_RADIX);
    }
}
