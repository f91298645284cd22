package dev.lockstep.telemetry.control;

import dev.lockstep.flows.Flows;
import dev.lockstep.journal.FlowNews;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;
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
    private final Consumer<FlowNews> notingNews = RequestContext::note;
    private final Flows flows;

    protected ContextLogging() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param flows tells of the messages between servers
     */
    @Inject
    public ContextLogging(Flows flows) {
        this.flows = flows;
    }

    /** Begins. */
    public void begin() {
        for (Handler handler : ROOT.getHandlers()) {
            if (handler.getFormatter() != null) {
                handler.setFormatter(new ContextFormatter(handler.getFormatter()));
            }
        }
        Transactions.listen(noting);
        flows.onNews(notingNews);
    }

    /** Ends, and leaves nothing of the application behind. */
    public void end() {
        Transactions.stopListening(noting);
        flows.stopListening(notingNews);
        for (Handler handler : ROOT.getHandlers()) {
            if (handler.getFormatter() instanceof ContextFormatter context) {
                handler.setFormatter(context.inner());
            }
        }
    }
}
