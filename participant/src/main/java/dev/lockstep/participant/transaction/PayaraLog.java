package dev.lockstep.participant.transaction;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Payara's own transaction log. Payara writes none only if its recovery is off and the log is, so one question tells of both. No API tells it, so
 * it is asked by reflection, and what cannot be asked is not told.
 */
final class PayaraLog {

    private static final Logger LOG = System.getLogger(PayaraLog.class.getName());

    /** Of the transaction service's few packages that Payara Server shows to others. */
    private static final String SHOWN = "com.sun.jts.jta.TransactionServiceProperties";

    private static final String CONFIGURATION = "com.sun.jts.CosTransactions.Configuration";

    private PayaraLog() {}

    /** Warns if it is on. Ask only after a transaction has begun: Payara reads its settings then. */
    static void warnIfOn() {
        warning(PayaraLog.class.getClassLoader()).ifPresent(sentence -> LOG.log(Level.WARNING, sentence));
    }

    /**
     * Looks.
     *
     * @param server sees the classes of Payara
     * @return what to tell and how to switch it off, or empty if it is off or this is not Payara
     */
    static Optional<String> warning(ClassLoader server) {
        try {
            ClassLoader transactions = Class.forName(SHOWN, false, server).getClassLoader();
            Class<?> configuration = Class.forName(CONFIGURATION, false, transactions);
            boolean isOff = (boolean)
                            configuration.getMethod("isFileLoggingDisabled").invoke(null)
                    && !(boolean) configuration.getMethod("isDBLoggingEnabled").invoke(null);
            return isOff ? Optional.empty() : Optional.of(sentence());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            LOG.log(Level.DEBUG, "Whether Payara keeps a transaction log cannot be told", e);
            return Optional.empty();
        }
    }

    /** An instance's configuration is called so unless somebody gave it another one. */
    private static String sentence() {
        String server = System.getProperty("com.sun.aas.instanceName", "‹server›");
        String service = "configs.config." + server + "-config.transaction-service.";
        return "Payara's own transaction log or recovery is on in " + server
                + ". The participant needs neither: the log costs a forced write for each transaction, and recovery knows nothing of"
                + " the participant's decisions. Switch both off and restart this server: asadmin set "
                + service + "automatic-recovery=false; asadmin set " + service
                + "property.disable-distributed-transaction-logging=true; and remove the property db-logging-resource, if there is one."
                + " (asadmin get servers.server." + server
                + ".config-ref tells whether its configuration has another name)";
    }
}
