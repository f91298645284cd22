package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Inbox;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.flow.Vote;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Answers messages. Votes and ends come from a flow's worker, answers about databases from a lane of their own: it waits for nobody. */
final class FlowInbox implements Inbox {

    private final Here here;
    private final Registry registry;
    private final Holds holds;
    private final Farewells farewells;
    private final Function<Message.Events, Reply> recorded;

    FlowInbox(
            Here here, Registry registry, Holds holds, Farewells farewells, Function<Message.Events, Reply> recorded) {
        this.here = here;
        this.registry = registry;
        this.holds = holds;
        this.farewells = farewells;
        this.recorded = recorded;
    }

    @Override
    public CompletionStage<Reply> on(Peer from, Message message) {
        if (message instanceof Message.Prepare prepare) {
            return prepare(from, prepare);
        }
        if (message instanceof Message.Commit commit) {
            return commit(from, commit);
        }
        if (message instanceof Message.Rollback rollback) {
            return now(rollback(from, rollback));
        }
        if (message instanceof Message.Alive alive) {
            return now(alive(from, alive));
        }
        if (message instanceof Message.Decisions decisions) {
            return asked(() -> decisions(decisions));
        }
        if (message instanceof Message.Prepared prepared) {
            return asked(() -> prepared(prepared));
        }
        if (message instanceof Message.Events events) {
            return now(recorded.apply(events));
        }
        Message.Forget forget = (Message.Forget) message;
        return asked(() -> forget(from, forget));
    }

    private static CompletionStage<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** A question about a database. An exception is no fact. */
    private CompletionStage<Reply> asked(Callable<Reply> question) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        try {
            here.workers().questions().execute(() -> {
                try {
                    answer.complete(question.call());
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private CompletionStage<Reply> prepare(Peer from, Message.Prepare message) {
        Optional<Flow> open = registry.byHandle(message.handle());
        if (open.filter(flow -> flow.isAwaitingVoteOf(from)).isPresent()) {
            return now(new Reply.Voted(new Vote.Nothing())); // row 20: it votes for itself, to whom it awaits
        }
        return registry.ask(
                        message.handle(),
                        flow -> told(flow, from, Kind.PREPARE, () -> {
                            if (!flow.id().equals(message.flow()) || !flow.isCaller(from)) {
                                return now(refused(flow, from, Kind.PREPARE));
                            }
                            return flow.prepare(from, message.order()).thenApply(vote -> remember(flow, from, vote));
                        }))
                .orElseGet(() -> now(unknown(message.handle().toString())));
    }

    /** Who asked to hold may let the decision be forgotten. */
    private Reply remember(SubordinateFlow flow, Peer from, Reply vote) {
        if (vote instanceof Reply.Voted voted
                && voted.vote() instanceof Vote.Prepared prepared
                && flow.ballot().isHolder()
                && flow.ballot().asker().name().equals(from.name())) {
            Optional<Peer> below = flow.remotes().stream()
                    .filter(remote -> remote.held().isPresent())
                    .map(Remote::peer)
                    .findFirst();
            holds.add(prepared.decision(), from, prepared.commitPoint(), below, prepared.kept());
        }
        return vote;
    }

    private CompletionStage<Reply> commit(Peer from, Message.Commit message) {
        return registry.ask(
                        message.handle(),
                        flow -> told(
                                flow,
                                from,
                                Kind.COMMIT,
                                () -> flow.isCaller(from) ? flow.commit(from) : now(refused(flow, from, Kind.COMMIT))))
                .orElseGet(() -> now(unknown(message.handle().toString())));
    }

    private Reply rollback(Peer from, Message.Rollback message) {
        Optional<SubordinateFlow> open = registry.flow(message.flow())
                .filter(SubordinateFlow.class::isInstance)
                .map(SubordinateFlow.class::cast);
        if (open.isEmpty()) {
            registry.tombstones().addUnknown(message.flow(), from);
            return new Reply.Heard();
        }
        SubordinateFlow flow = open.get();
        if (!flow.isCaller(from)) {
            refused(flow, from, Kind.ROLLBACK);
            return new Reply.Heard();
        }
        Story story = flow.storyWith(from.name());
        story.before(Kind.ROLLBACK, Direction.IN, "");
        flow.rollbackHeard(from);
        story.after(Kind.ROLLBACK, Direction.IN, Result.DONE, "");
        return new Reply.Heard();
    }

    /** A server that was called asks whether it may still hear of the flow. */
    private Reply alive(Peer from, Message.Alive message) {
        Optional<Flow> called = registry.flow(message.flow())
                .filter(flow -> flow.remote(from.name()).isPresent());
        boolean isUndecided = called.filter(Flow::isUndecided).isPresent();
        called.ifPresent(flow -> flow.storyWith(from.name())
                .after(Kind.ALIVE, Direction.IN, isUndecided ? Result.DONE : Result.ROLLBACK, ""));
        return new Reply.Living(isUndecided);
    }

    private Reply decisions(Message.Decisions message) {
        try {
            return here.flows()
                    .decisions(message.commitPoint(), message.ids())
                    .<Reply>map(Reply.States::new)
                    .orElseGet(() -> new Reply.NotHere(message.commitPoint()));
        } catch (SQLException e) {
            return new Reply.Away(message.commitPoint(), String.valueOf(e.getMessage()));
        }
    }

    private Reply prepared(Message.Prepared message) {
        try {
            return here.flows()
                    .prepared(message.database(), message.ids())
                    .<Reply>map(Reply.PreparedThere::new)
                    .orElseGet(() -> new Reply.NotHere(message.database()));
        } catch (SQLException e) {
            return new Reply.Away(message.database(), String.valueOf(e.getMessage()));
        }
    }

    /** Those whose hold was answered to this peer, and no others. What a server called holds, that is told in turn. */
    private Reply forget(Peer from, Message.Forget message) {
        List<GlobalId> own = message.ids().stream()
                .filter(id -> holds.take(id, from, message.commitPoint())
                        .filter(hold -> !passedOn(hold, id, message.areDone()))
                        .isPresent())
                .toList();
        if (!own.isEmpty()) {
            here.flows().forget(message.commitPoint(), own, message.areDone());
        }
        return new Reply.Heard();
    }

    private boolean passedOn(Holds.Hold hold, GlobalId decision, boolean isDone) {
        hold.below().ifPresent(below -> farewells.add(below, hold.commitPoint(), decision, isDone));
        return hold.below().isPresent();
    }

    private static CompletionStage<Reply> told(
            SubordinateFlow flow, Peer from, Kind kind, java.util.function.Supplier<CompletionStage<Reply>> answer) {
        Story story = flow.storyWith(from.name());
        story.before(kind, FlowEvent.Direction.IN, "");
        return answer.get().thenApply(reply -> {
            story.after(kind, Direction.IN, reply);
            return reply;
        });
    }

    private static Reply refused(SubordinateFlow flow, Peer from, Kind kind) {
        Refused.count(Refusal.NOT_ITS_OWN);
        String why = from + " may not say " + kind + ": it did not call " + flow;
        flow.storyWith(from.name()).log(System.Logger.Level.WARNING, why);
        return new Reply.Unknown(why);
    }

    private static Reply unknown(String handle) {
        Refused.count(Refusal.UNKNOWN);
        return new Reply.Unknown("handle " + handle + " is not known here, or not any more");
    }
}
