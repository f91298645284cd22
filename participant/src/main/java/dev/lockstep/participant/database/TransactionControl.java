package dev.lockstep.participant.database;

import java.util.Locale;
import java.util.Set;

/** Tells by an SQL text whether its transaction may be over afterwards. */
final class TransactionControl {

    /** What PostgreSQL's grammar lets begin so ends no transaction, nor may what it calls, within a transaction block. */
    private static final Set<String> HARMLESS =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES");

    private TransactionControl() {}

    /**
     * Looks at a text.
     *
     * @param sql one statement or several
     * @return false if it certainly ends no transaction: a single query or change of rows
     */
    static boolean isPossibleIn(String sql) {
        String text = sql.strip();
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.indexOf(';') >= 0
                || !HARMLESS.contains(text.substring(0, end).toUpperCase(Locale.ROOT));
    }
}
