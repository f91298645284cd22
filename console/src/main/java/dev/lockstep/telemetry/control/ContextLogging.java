package dev.lockstep.telemetry.control;

import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.logging.Handler;
import java.util.logging.Logger;

/**
 * Lets every line that the server logs in a thread tell what the thread works for. A class of the application cannot be named in the
 * server's logging configuration, so it is put around the formatters that are there, and taken away again.
 */
@ApplicationScoped
public class ContextLogging {

    private static final Logger ROOT = Logger.getLogger("");

    private final TransactionListener noting = RequestContext::note;

    /** Begins. */
    public void begin() {
        for (Handler handler : ROOT.getHandlers()) {
            if (handler.getFormatter() != null) {
                handler.setFormatter(new ContextFormatter(handler.getFormatter()));
            }
        }
        Transactions.listen(noting);
    }

    /** Ends, and leaves nothing of the application behind. */
    public void end() {
        Transactions.stopListening(noting);
        for (Handler handler : ROOT.getHandlers()) {
            if (handler.getFormatter() instanceof ContextFormatter context) {
                handler.setFormatter(context.inner());
            }
        }
    }
}
