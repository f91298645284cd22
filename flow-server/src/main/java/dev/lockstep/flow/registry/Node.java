package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.trust.NotTrustedException;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.Received;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.wire.Inbox;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One server's part in the flows, made of parts that are given to it: several live in one test. */
final class Node implements FlowServer, AutoCloseable {

    private static final Duration FAREWELLS = Duration.ofSeconds(1);
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final Here here;
    private final Registry registry;
    private final Holds holds = new Holds();
    private final Reminders reminders;
    private final Farewells farewells;
    private final PeersAsked naming;
    private final Signatures signatures;
    private final Inbox inbox;
    private final OpenFlows openFlows;
    private final Listening listening;
    private final Flush flush = new Flush();
    private int applications;
    private AutoCloseable listener = () -> {};
    private volatile Display display;

    /** Opens the protocol's listener. */
    @FunctionalInterface
    interface Listening {

        /** Lets an inbox answer until it is closed. */
        AutoCloseable open(Inbox inbox) throws IOException;
    }

    Node(Here here, Listening listening) {
        this.here = here;
        this.listening = listening;
        reminders = new Reminders(here.settings().window());
        registry = new Registry(here, flow -> reminders.committed(flow, () -> {})); // its superior says farewell
        farewells = new Farewells(here.outbox(), here.settings().answerTimeout());
        naming = new PeersAsked(here.peers(), here.outbox());
        signatures = Signatures.ofWork(
                here.peers(), Clock.systemUTC(), here.settings().window());
        inbox = new FlowInbox(here, registry, holds, farewells, this::recorded);
        openFlows = new OpenFlows(here, registry);
        here.flows().askElsewhere(naming);
        here.workers().every(FAREWELLS, reminders::send);
        here.workers().every(FAREWELLS, farewells::send);
        here.workers().every(WATCH, () -> registry.subordinates().forEach(SubordinateFlow::watch));
        here.workers().every(SWEEP, this::sweep);
    }

    private void sweep() {
        registry.tombstones().purge();
        holds.purge();
        registry.all().stream()
                .filter(flow -> flow.deadline().isOver() && flow.isOver())
                .forEach(registry::remove);
    }

    private Reply recorded(Message.Events question) {
        Display shown = display;
        return shown == null ? new Reply.Recorded(List.of(), false) : shown.answer(question);
    }

    Registry registry() {
        return registry;
    }

    OpenFlows openFlows() {
        return openFlows;
    }

    Reminders reminders() {
        return reminders;
    }

    Farewells farewells() {
        return farewells;
    }

    Inbox inbox() {
        return inbox;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public synchronized AutoCloseable deployed(String application) {
        if (applications == 0) {
            FirstTransaction.begin(here.transactions(), here.node());
            try {
                listener = listening.open(inbox);
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            display = new Display(here, openFlows);
        }
        applications++;
        AtomicBoolean isDeployed = new AtomicBoolean(true);
        return () -> {
            if (isDeployed.getAndSet(false)) {
                undeployed(application);
            }
        };
    }

    private void undeployed(String application) throws Exception {
        registry.subordinates().stream()
                .filter(flow -> flow.application().equals(application))
                .forEach(flow -> flow.rollback(application + " is undeployed"));
        synchronized (this) {
            applications--;
            if (applications == 0) {
                display.close();
                listener.close();
            }
        }
    }

    @Override
    public WorkCall enter(WorkRequest request) throws FlowRefusedException {
        Received received = verified(request);
        WorkHeaders.Call call = WorkHeaders.call(request.headers());
        Peer caller = received.from();
        if (!call.caller().equals(caller.name())) {
            throw Refused.malformed(
                    "the call says that it is of '" + call.caller() + "', but '" + caller + "' has signed it");
        }
        Flow flow = registry.called(call.flow(), caller, call.handle(), call.timeout(), request.application());
        flow.join(caller, call.number());
        flow.storyWith(caller.name())
                .tell(
                        Kind.WORK,
                        Direction.IN,
                        Moment.BEFORE,
                        call.number(),
                        Result.NONE,
                        request.method() + " " + request.pathAndQuery());
        return new Incoming(flow, received, call.number(), signatures, flush);
    }

    private Received verified(WorkRequest request) throws FlowRefusedException {
        try {
            return signatures.verify(request.method(), request.pathAndQuery(), request.headers(), request.bodyDigest());
        } catch (NotTrustedException e) {
            Refused.count(e.reason().refusal());
            throw new FlowRefusedException(401, "flow-not-trusted", e.getMessage());
        }
    }

    @Override
    public Optional<OutgoingCall> call(URI target) throws FlowRefusedException {
        Optional<Transaction> transaction = current();
        if (transaction.isEmpty()) {
            return Optional.empty();
        }
        Peer peer = here.peers()
                .at(target)
                .orElseThrow(
                        () -> Refused.of(
                                Refusal.UNKNOWN_PEER,
                                target
                                        + " is no peer's address: the transaction cannot flow there; suppress it for this call"));
        Flow flow = flow(transaction.get());
        Remote remote = flow.remote(peer, new Remote(flow, peer));
        int number = remote.beginCall();
        if (number == 0) {
            throw Refused.of(
                    Refusal.BUSY,
                    "another call of this transaction to " + peer
                            + " is under way, or had no answer: only one is allowed at a time");
        }
        if (number == 1) {
            enlist(transaction.get(), flow, remote);
        }
        return Optional.of(new Outgoing(flow, remote, number, signatures, naming));
    }

    private Optional<Transaction> current() throws FlowRefusedException {
        try {
            Transaction transaction = here.transactions().getTransaction();
            if (transaction != null && transaction.getStatus() != Status.STATUS_ACTIVE) {
                throw Refused.of(Refusal.OVER, "this thread's transaction is not active: it can only be rolled back");
            }
            return Optional.ofNullable(transaction);
        } catch (SystemException e) {
            throw Refused.of(Refusal.OVER, "this thread's transaction cannot be asked for: " + e);
        }
    }

    /** The one it belongs to; or it begins here. */
    private Flow flow(Transaction transaction) throws FlowRefusedException {
        synchronized (registry) {
            Optional<Flow> known = registry.of(transaction);
            if (known.isPresent()) {
                return known.get();
            }
            Flow flow = registry.beginning(transaction);
            try {
                transaction.registerSynchronization(new Completion(flow, registry, reminders, farewells));
            } catch (RollbackException | SystemException | IllegalStateException e) {
                registry.remove(flow);
                throw Refused.of(Refusal.OVER, "this thread's transaction cannot flow: " + e);
            }
            return flow;
        }
    }

    private static void enlist(Transaction transaction, Flow flow, Remote remote) throws FlowRefusedException {
        try {
            transaction.enlistResource(remote);
        } catch (RollbackException | SystemException | IllegalStateException e) {
            flow.forsake(remote);
            flow.doom(remote.peer() + " cannot join");
            throw Refused.of(Refusal.OVER, remote.peer() + " cannot join this thread's transaction: " + e);
        }
    }

    /** A transaction that does not flow has nothing to tell here. */
    @Override
    public Supplier<Outcome> outcome() {
        Optional<Flow> flow;
        try {
            Transaction transaction = here.transactions().getTransaction();
            flow = transaction == null ? Optional.empty() : registry.of(transaction);
        } catch (SystemException e) {
            flow = Optional.empty();
        }
        Optional<Flow> asked = flow;
        return () -> asked.map(Node::outcome).orElse(Outcome.UNKNOWN);
    }

    private static Outcome outcome(Flow flow) {
        for (Remote remote : flow.remotes()) {
            Outcome known = remote.branch().outcome();
            if (known == Outcome.UNKNOWN) {
                known = remote.branch().ask();
            }
            if (known != Outcome.UNKNOWN) {
                return known;
            }
        }
        flow.story().after(Kind.IN_DOUBT, Direction.OUT, Result.UNKNOWN, "");
        return Outcome.UNKNOWN;
    }

    @Override
    public boolean isPeer(URI target) {
        return here.peers().at(target).isPresent();
    }

    @Override
    public void close() {
        here.workers().close();
    }
}
