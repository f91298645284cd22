package dev.lockstep.telemetry.control;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * An order that a request hands over to another thread, which goes on after the answer: that thread's log lines have a context and, if
 * traces are on, its work has a span, in the trace of the request.
 */
public final class Handover {

    private final Supplier<Optional<RequestTrace>> span;

    Handover(Supplier<Optional<RequestTrace>> span) {
        this.span = span;
    }

    /**
     * Begins the work on the order on this thread.
     *
     * @param orderId the order
     * @return the work, to be closed by this thread
     */
    public Work begin(UUID orderId) {
        Work work = new Work(span.get());
        RequestContext.begin(work.trace.map(RequestTrace::traceId).orElse(""));
        RequestContext.isAbout(orderId);
        return work;
    }

    /** The work of the thread that took the order over. For that thread alone. */
    public static final class Work implements AutoCloseable {

        private final Optional<RequestTrace> trace;

        private Work(Optional<RequestTrace> trace) {
            this.trace = trace;
        }

        /**
         * Notes what came of it.
         *
         * @param outcome in a word
         * @param isFailure whether that is an error of the server's
         */
        public void ended(String outcome, boolean isFailure) {
            trace.ifPresent(known -> known.ended(outcome, isFailure));
        }

        @Override
        public void close() {
            RequestContext.end();
            trace.ifPresent(RequestTrace::close);
        }
    }
}
