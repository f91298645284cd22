package dev.lockstep.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A transaction's part in a flow: the messages between this server and its peers. Its story guards it. */
final class FlowPart {

    private static final int CALLS_MAX = 200;
    private static final int MESSAGES_MAX = 400;

    /** They are sent again each second, perhaps for hours. */
    private static final Set<String> REPEATED =
            Set.of("DECISIONS", "PREPARED", "ALIVE", "ROLLBACK", "COMMIT", "FORGET");

    private final String flow;
    private final String server;
    private final List<Message> messages = new ArrayList<>();
    private String handle = "";

    FlowPart(FlowNews first) {
        flow = first.flow();
        server = first.server();
    }

    void add(FlowNews news) {
        if (!news.handle().isEmpty() && !news.message().isSent()) {
            handle = news.handle();
        }
        Message told = news.message();
        int open = told.isOpen() ? -1 : lastOpen(told);
        if (open >= 0) {
            messages.set(open, messages.get(open).ended(told));
            forgetRepetition(messages.get(open));
        } else if (messages.size()
                < (told.is("WORK") ? CALLS_MAX : MESSAGES_MAX)) { // however much work there was, its end is told
            messages.add(told);
        }
    }

    private int lastOpen(Message told) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).isOpen() && messages.get(i).isOf(told)) {
                return i;
            }
        }
        return -1;
    }

    /** Of those that end alike the first and the last are kept. */
    private void forgetRepetition(Message latest) {
        if (!REPEATED.contains(latest.kind())) {
            return;
        }
        List<Message> alike = messages.stream().filter(latest::isLike).toList();
        if (alike.size() > 2) {
            messages.remove(alike.get(1));
        }
    }

    String flow() {
        return flow;
    }

    String server() {
        return server;
    }

    /** {@return the name that its superior has for it; empty where the flow began} */
    String handle() {
        return handle;
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    boolean isSubordinate() {
        return messages.stream().anyMatch(message -> message.is("WORK") && !message.isSent());
    }

    boolean isWaiting() {
        return messages.stream().anyMatch(message -> message.isSent() && message.isOpen() && !message.isForgetting());
    }

    /** {@return how far it has come, as the messages tell; for a server without a database of its own} */
    State state() {
        boolean isRolledBack = any("COMMIT", "ROLLBACK") || any("DECISIONS", "ROLLBACK") || has("ROLLBACK");
        boolean isCommitted = any("COMMIT", "COMMIT", "COMMIT_PENDING") || any("DECISIONS", "COMMIT");
        if (any("IN_DOUBT", "UNKNOWN") && !isRolledBack && !isCommitted) {
            return State.IN_DOUBT;
        }
        if (isRolledBack || any("PREPARE", "NO", "REFUSED", "NO_ANSWER", "UNKNOWN")) {
            return isWaiting() ? State.ABORTING : State.ABORTED;
        }
        if (has("COMMIT")) {
            return messages.stream()
                            .filter(message -> message.is("PREPARE") && message.hasEnded("PREPARED"))
                            .allMatch(this::isFollowedByCommit)
                    ? State.COMMITTED
                    : State.COMMITTING;
        }
        if (!has("PREPARE")) {
            return State.ACTIVE;
        }
        boolean isNothing = messages.stream()
                .filter(message -> message.is("PREPARE"))
                .allMatch(message -> message.hasEnded("NOTHING"));
        return isNothing ? State.COMMITTED : isWaiting() ? State.PREPARING : State.PREPARED;
    }

    /** The last word of its peer counts. */
    private boolean isFollowedByCommit(Message vote) {
        return messages.stream()
                .filter(message -> message.is("COMMIT") && message.peer().equals(vote.peer()))
                .reduce((first, later) -> later)
                .filter(last -> last.hasEnded("COMMIT"))
                .isPresent();
    }

    private boolean has(String kind) {
        return messages.stream().anyMatch(message -> message.is(kind));
    }

    private boolean any(String kind, String... outcomes) {
        return messages.stream().anyMatch(message -> message.is(kind) && message.hasEnded(outcomes));
    }
}
