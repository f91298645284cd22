package dev.lockstep.telemetry.control;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The traces that transactions belong to. A transaction that flows begins in a request's thread and is prepared and committed in another, long
 * after the answer: there its trace is found again by its global id. Thread-safe.
 */
final class TransactionTraces {

    private static final int MAX = 5_000;

    private final Map<String, Context> byTransaction = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Context> eldest) {
            return size() > MAX;
        }
    };

    /**
     * Finds what a span of a transaction is under: the request of this thread, else the server's span in this thread, else what the
     * transaction had before.
     *
     * @param globalId the transaction; perhaps empty, which is none
     * @return the parent, perhaps no span
     */
    Context parent(String globalId) {
        Context here = RequestTrace.current().map(RequestTrace::context).orElseGet(TransactionTraces::ofThisThread);
        if (globalId.isEmpty()) {
            return here;
        }
        synchronized (byTransaction) {
            if (isTrace(here)) {
                byTransaction.putIfAbsent(globalId, here);
                return here;
            }
            return byTransaction.getOrDefault(globalId, here);
        }
    }

    /** Without the span itself, which is not to be kept for longer than it lasts. */
    private static Context ofThisThread() {
        return Context.root().with(Span.wrap(Span.current().getSpanContext()));
    }

    private static boolean isTrace(Context context) {
        return Span.fromContext(context).getSpanContext().isValid();
    }
}
