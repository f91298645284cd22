package dev.lockstep.participant.branch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * A global transaction, as the transaction manager named it.
 *
 * @param text {@code formatId_globalId}, the latter in Base64: what the {@code gid} of all its branches begins with, and the
 *     key of its decision row
 */
public record GlobalId(String text) {

    /** The format of Payara's JTS: {@code "JTS"} as a number. Its global ids end with the coordinator's name. */
    public static final int JTS_FORMAT = ('J' << 16) + ('T' << 8) + 'S';

    /** JTS puts a sequence number and the time of the process's first transaction, four bytes each, before the name. */
    private static final int NAME_OFFSET = 8;

    private static final byte DELETE = 0x7F;

    private static final String PREFIX = JTS_FORMAT + "_";

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if it is not a JTS global id with a coordinator's name, or if that name has control bytes
     */
    public GlobalId {
        byte[] id = text.startsWith(PREFIX) ? decoded(text.substring(PREFIX.length())) : new byte[0];
        if (id.length <= NAME_OFFSET) {
            throw new IllegalArgumentException(
                    "The global transaction id " + text + " tells no coordinator: the participant"
                            + " understands those of Payara's transaction manager (format " + JTS_FORMAT + ") only");
        }
        if (isUnfinished(id)) {
            throw new IllegalArgumentException("The global transaction id " + text
                    + " has control bytes in its coordinator's name: Payara was still making the name when a second"
                    + " transaction began; begin this one again");
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // it is no Base64
        }
    }

    /** JTS shows the name before it has written it ({@code TransactionState.generateTID}): a second first transaction finds zeros. */
    private static boolean isUnfinished(byte[] id) {
        for (int i = NAME_OFFSET; i < id.length; i++) {
            if ((id[i] >= 0 && id[i] < ' ') || id[i] == DELETE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes the global part of a branch's id.
     *
     * @param xid as the transaction manager gave it, not null
     * @return its global id
     * @throws IllegalArgumentException if it is not from Payara's transaction manager
     */
    public static GlobalId of(Xid xid) {
        return new GlobalId(xid.getFormatId() + "_" + Base64.getEncoder().encodeToString(xid.getGlobalTransactionId()));
    }

    /**
     * Takes the global part of a name in {@code pg_prepared_xacts}: what is before the second underscore. Base64 has none.
     *
     * @param gid the name, not null
     * @return its global id, or empty if that is not from Payara's transaction manager
     */
    public static Optional<GlobalId> ofGid(String gid) {
        int end = gid.indexOf('_', PREFIX.length());
        if (!gid.startsWith(PREFIX) || end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GlobalId(gid.substring(0, end)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return the name of the transaction manager that coordinates it, unique among living ones} */
    public String coordinator() {
        byte[] id = bytes();
        return new String(Arrays.copyOfRange(id, NAME_OFFSET, id.length), StandardCharsets.ISO_8859_1);
    }

    /**
     * Tells how many resources were enlisted before a branch. JTS writes the server's own name, a comma and this number into the
     * branch qualifier; the global id has the name of the transaction's coordinator, which is another one if it was imported.
     *
     * @param xid a branch of this transaction as the transaction manager named it
     * @return the number, or -1 if the transaction was imported from another server
     */
    public int enlistedBefore(Xid xid) {
        byte[] own = (coordinator() + ",").getBytes(StandardCharsets.ISO_8859_1);
        byte[] qualifier = xid.getBranchQualifier();
        boolean isOwn = qualifier.length > own.length && Arrays.equals(qualifier, 0, own.length, own, 0, own.length);
        return isOwn ? qualifier[own.length] : -1;
    }

    /** {@return the global id's bytes} */
    byte[] bytes() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    @Override
    public String toString() {
        return text;
    }
}
