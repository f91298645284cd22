package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.Order;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What is said to a server that was called, and told of. What an answer means the {@link Remote} knows. */
record Line(Remote to) {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private Here here() {
        return to.flow().here();
    }

    Reply prepare(UUID handle, Order order, Duration limit) throws NoAnswerException {
        return say(Kind.PREPARE, new Message.Prepare(handle, to.flow().id(), order), limit);
    }

    Reply commit(UUID handle) throws NoAnswerException {
        return say(Kind.COMMIT, new Message.Commit(handle), here().settings().answerTimeout());
    }

    /** Without waiting for the answer. */
    CompletionStage<Reply> commitAgain(UUID handle) {
        Story told = to.story();
        told.before(Kind.COMMIT, Direction.OUT, "again");
        return here().outbox()
                .send(to.peer(), new Message.Commit(handle), here().settings().answerTimeout())
                .whenComplete((reply, failure) -> {
                    if (failure == null) {
                        told.after(Kind.COMMIT, Direction.OUT, reply);
                    } else {
                        told.after(Kind.COMMIT, Direction.OUT, Result.NO_ANSWER, String.valueOf(failure.getMessage()));
                    }
                });
    }

    private Reply say(Kind kind, Message message, Duration limit) throws NoAnswerException {
        Story told = to.story();
        told.before(kind, Direction.OUT, "");
        try {
            Reply reply = Waiting.answer(here().outbox().send(to.peer(), message, limit), limit);
            told.after(kind, Direction.OUT, reply);
            return reply;
        } catch (NoAnswerException e) {
            told.after(kind, Direction.OUT, Result.NO_ANSWER, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Again each second until it is heard: a link may be cut. After the deadline the server has rolled back by itself (F8). */
    void rollback(String why) {
        Story told = to.story();
        told.before(Kind.ROLLBACK, Direction.OUT, why);
        here().outbox()
                .send(
                        to.peer(),
                        new Message.Rollback(to.flow().id()),
                        here().settings().answerTimeout())
                .whenComplete((reply, failure) -> {
                    if (failure == null) {
                        told.after(Kind.ROLLBACK, Direction.OUT, Result.DONE, "");
                        return;
                    }
                    told.after(Kind.ROLLBACK, Direction.OUT, Result.NO_ANSWER, String.valueOf(failure.getMessage()));
                    if (!to.flow().deadline().isOver()) {
                        here().workers().later(AGAIN, () -> rollback(why));
                    }
                });
    }
}
