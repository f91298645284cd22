package dev.lockstep.flow.server;

import dev.lockstep.participant.flow.Outcome;
import java.net.URI;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** This server's part in the flows, made at the first question. */
final class ThisServer {

    static final FlowServer FLOWS = ServiceLoader.load(FlowServer.class, FlowServer.class.getClassLoader())
            .findFirst()
            .orElseGet(Off::new);

    private ThisServer() {}

    /** Nothing flows. */
    private static final class Off implements FlowServer {

        private static final String REASON = "no transaction can flow from or to this server";

        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public AutoCloseable deployed(String application) {
            return () -> {};
        }

        @Override
        public WorkCall enter(WorkRequest request) throws FlowRefusedException {
            throw new FlowRefusedException(400, "flow-not-understood", REASON);
        }

        @Override
        public Optional<OutgoingCall> call(URI target) throws FlowRefusedException {
            throw new FlowRefusedException(400, "flow-not-understood", REASON);
        }

        @Override
        public Supplier<Outcome> outcome() {
            return () -> Outcome.UNKNOWN;
        }

        @Override
        public boolean isPeer(URI target) {
            return false;
        }
    }
}
