package dev.lockstep.journal;

import dev.lockstep.journal.Step.Kind;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All that is known here of one transaction: its steps in the order in which they began. Thread-safe: the transaction's thread
 * tells it, the resolver's, and others read.
 */
public final class Story {

    private final String globalId;
    private final Instant began;
    private final Optional<ClientRequest> request;
    private final List<Step> steps = new ArrayList<>(12);
    private final Map<Member, State> branches = new LinkedHashMap<>();
    private final Set<Member> readOnly = new HashSet<>();
    private List<Subject> subjects = List.of();
    private String commitPoint = "";
    private Instant lastEvent;
    private FlowPart flow;
    private boolean isForeign;
    private boolean isResolved;
    private boolean isSettledElsewhere;
    private boolean isEndTold;
    private boolean hasUnnamed;

    Story(String globalId, Instant firstEvent, Optional<ClientRequest> request) {
        this.globalId = globalId;
        this.began = request.map(ClientRequest::began).orElse(firstEvent);
        this.lastEvent = firstEvent;
        this.request = request;
    }

    synchronized void add(TransactionEvent event) {
        add(event, false);
    }

    synchronized void add(TransactionEvent event, boolean isByOperator) {
        isForeign |= branches.isEmpty() && event.kind() == TransactionEvent.Kind.RESOLVE;
        lastEvent = event.time();
        if (!event.subjects().isEmpty()) { // what the resolver does tells none
            subjects = event.subjects();
        }
        if (event.isCommitPoint()) {
            commitPoint = event.participant();
        }
        Member member = Member.of(event);
        learnName(member);
        boolean isBefore = event.moment() == Moment.BEFORE;
        switch (event.kind()) {
            case START -> work(member, event, isBefore || event.isFailure());
            case END -> work(member, event, !isBefore);
            case PREPARE -> step(Kind.PREPARE, member, event, false);
            case DECISION -> step(Kind.DECISION, member, event, false);
            case COMMIT -> step(Kind.COMMIT, member, event, false);
            case ROLLBACK -> step(Kind.ROLLBACK, member, event, false);
            case RESOLVE -> step(Kind.RESOLVE, member, event, isByOperator);
            case FORGET -> throw new IllegalArgumentException("The story is over: " + event);
        }
        branches.merge(member, BranchStates.after(event), BranchStates::keepWord);
        if (event.result() == Result.READ_ONLY) {
            readOnly.add(member);
        }
        isResolved |= event.kind() == TransactionEvent.Kind.RESOLVE;
    }

    /** In a flow a branch has its role when it is prepared, and not before; until then its name is {@code B} and a number. */
    private void learnName(Member named) {
        hasUnnamed |= named.isUnnamed();
        if (!hasUnnamed || named.isUnnamed() || branches.containsKey(named)) {
            return;
        }
        branches.keySet().stream()
                .filter(member -> member.isUnnamed() && member.participant().equals(named.participant()))
                .findFirst()
                .ifPresent(unnamed -> {
                    Map<Member, State> renamed = new LinkedHashMap<>();
                    branches.forEach((member, state) -> renamed.put(member.equals(unnamed) ? named : member, state));
                    branches.clear();
                    branches.putAll(renamed);
                    steps.replaceAll(step -> step.member().equals(unnamed) ? step.of(named) : step);
                });
    }

    synchronized void add(FlowNews news) {
        if (flow == null) {
            flow = new FlowPart(news);
        }
        flow.add(news);
        if (news.time().isAfter(lastEvent) && !news.message().isForgetting()) {
            lastEvent = news.time();
        }
        if (subjects.isEmpty()) {
            subjects = news.subjects();
        }
    }

    /** Lets the same transaction, now that its name is known, have what was heard until then. */
    synchronized void tellMessages(Story named) {
        for (Message message : flow.messages()) {
            named.add(new FlowNews(flow.flow(), flow.server(), flow.handle(), named.globalId, message, List.of()));
        }
    }

    private void work(Member member, TransactionEvent event, boolean isEdge) {
        if (isEdge) {
            step(Kind.WORK, member, event, false);
        }
    }

    private void step(Kind kind, Member member, TransactionEvent event, boolean isByOperator) {
        if (event.moment() == Moment.BEFORE) {
            steps.add(Step.begun(kind, member, event.time(), isByOperator));
            return;
        }
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.isOpen() && step.isOf(kind, member)) {
                steps.set(i, step.ended(event.time(), event.outcome(), event.detail()));
                forgetRepetition(steps.get(i));
                return;
            }
        }
    }

    /** The resolver tries once a second, perhaps for hours: of attempts that end alike the first and the last are kept. */
    private void forgetRepetition(Step latest) {
        if (latest.kind() != Kind.RESOLVE) {
            return;
        }
        List<Step> alike = steps.stream()
                .filter(step -> step.isOf(Kind.RESOLVE, latest.member())
                        && step.outcome().equals(latest.outcome())
                        && step.reason().equals(latest.reason())
                        && step.isByOperator() == latest.isByOperator()
                        && !step.isOpen())
                .toList();
        if (alike.size() > 2) {
            steps.remove(alike.get(1));
        }
    }

    /**
     * Makes one answer of several readings: nothing is noted between them.
     *
     * @param <T> what is answered
     * @param answer reads, and does not wait for anything
     * @return what it returns
     */
    public synchronized <T> T atOnce(Function<Story, T> answer) {
        return answer.apply(this);
    }

    /** {@return whether this is the first call: its end is told once} */
    synchronized boolean tellsEnd() {
        boolean isFirst = !isEndTold;
        isEndTold = true;
        return isFirst;
    }

    /** {@return the transaction's global id, as in {@code pg_prepared_xacts.gid} before its second underscore} */
    public String globalId() {
        return globalId;
    }

    /** {@return what it is about, as far as its application has said so here; the first one names it} */
    public synchronized List<Subject> subjects() {
        return subjects;
    }

    /** {@return when the client's request came, or the first event} */
    public Instant began() {
        return began;
    }

    /** {@return the participant whose commit is the decision, empty while none has started here} */
    public synchronized String commitPoint() {
        return commitPoint;
    }

    /** {@return the client's request that began it; empty if another process did, or if no client waits} */
    public Optional<ClientRequest> request() {
        return request;
    }

    /** {@return whether another process began it, or an earlier one of this name, and it is known from the resolver alone} */
    public synchronized boolean isForeign() {
        return isForeign;
    }

    /**
     * Tells whether nobody here works on it any more though it has not ended here: what becomes of it may have been settled by another
     * instance, of which nothing is heard.
     *
     * @param quietSince nothing may have been heard of it since then
     * @return whether it is left
     */
    public synchronized boolean isLeft(Instant quietSince) {
        if (flow != null && flow.isSubordinate()) {
            return false; // its gate keeps it until it knows
        }
        boolean isNobodys = isForeign
                || state() == State.IN_DOUBT
                || request.map(ClientRequest::isAnswered).orElse(false);
        return isNobodys && lastEvent.isBefore(quietSince);
    }

    /** Nothing of it is prepared any more: a branch of which nothing is known has ended as the others have, if any has. */
    synchronized void settledElsewhere() {
        State known = state();
        if (!known.isFinal()) {
            isSettledElsewhere = true;
            List.of(State.COMMITTED, State.ABORTED).stream()
                    .filter(branches.values()::contains)
                    .findFirst()
                    .ifPresent(end -> branches.replaceAll((member, state) -> end));
        }
    }

    /**
     * {@return whether another instance has settled what this one could not; if its {@link #state} is IN_DOUBT nevertheless, how is not
     * known here}
     */
    public synchronized boolean isSettledElsewhere() {
        return isSettledElsewhere;
    }

    /** {@return whether its client was told that the order itself cannot be, as where too few pieces are left} */
    public boolean isRefused() {
        return request.map(ClientRequest::status)
                .filter(status -> status >= 400 && status < 500)
                .isPresent();
    }

    /** {@return the flow that it is a part of, by its public id; empty if it did not flow} */
    public synchronized Optional<String> flow() {
        return Optional.ofNullable(flow).map(FlowPart::flow);
    }

    /** {@return this server's name among its peers; empty if it did not flow} */
    public synchronized String server() {
        return flow == null ? "" : flow.server();
    }

    /** {@return the name that the superior has for this server's part; empty where the flow began, and if it did not flow} */
    public synchronized String handle() {
        return flow == null ? "" : flow.handle();
    }

    /** {@return a copy of the messages between this server and others until now; none if it did not flow} */
    public synchronized List<Message> messages() {
        return flow == null ? List.of() : flow.messages();
    }

    /** {@return whether the resolver, or an operator, has done something to it} */
    public synchronized boolean isResolved() {
        return isResolved;
    }

    /** {@return a copy of the steps until now, the client's request first} */
    public synchronized List<Step> steps() {
        List<Step> all = new ArrayList<>(steps.size() + 1);
        request.map(ClientRequest::step).ifPresent(all::add);
        all.addAll(steps);
        return all;
    }

    /** {@return whether it is more than a look at one database: its application may have said what it is about, and so wants it to be seen} */
    public synchronized boolean isDistributed() {
        return request.isPresent() || isResolved || branches.size() > 1 || !subjects.isEmpty() || flow != null;
    }

    /** {@return how long it took, or takes until now} */
    public Duration age(Instant now) {
        return isOver() ? duration() : Duration.between(began, now);
    }

    /** {@return how long it took, if it {@linkplain #isOver is over}} */
    public synchronized Duration duration() {
        Duration untilLastEvent = Duration.between(began, lastEvent);
        return request.flatMap(ClientRequest::waited)
                .filter(waited -> waited.compareTo(untilLastEvent) > 0)
                .orElse(untilLastEvent);
    }

    private synchronized boolean isWaitingForPeer() {
        return flow != null && flow.isWaiting();
    }

    /** {@return the states of its branches, in enlist order} */
    public synchronized Map<Member, State> branches() {
        return new LinkedHashMap<>(branches);
    }

    /** {@return how far it has come} */
    public synchronized State state() {
        if (branches.isEmpty()) {
            return stateByMessages();
        }
        Collection<State> states = statesThatCount();
        if (states.stream().allMatch(State.COMMITTED::equals)) {
            return State.COMMITTED;
        }
        if (states.stream().allMatch(State.ABORTED::equals)) {
            return State.ABORTED;
        }
        return List.of(State.IN_DOUBT, State.ABORTING, State.COMMITTING, State.PREPARING).stream()
                .filter(states::contains)
                .findFirst()
                .orElseGet(() -> mixed(states));
    }

    /** A server without a database of its own. Who has not answered to a commit is told by the commit point's database. */
    private State stateByMessages() {
        if (flow == null) {
            return State.ACTIVE; // its first event is just being noted
        }
        State known = flow.state();
        return isSettledElsewhere && known == State.COMMITTING ? State.COMMITTED : known;
    }

    /** {@return the states of those of its branches that did not vote read-only, as {@link #branches} has them} */
    public synchronized Map<Member, State> writers() {
        Map<Member, State> writers = new LinkedHashMap<>(branches);
        writers.keySet().removeAll(readOnly);
        return writers;
    }

    /** Of what wrote nothing only if nothing else did. */
    private Collection<State> statesThatCount() {
        Map<Member, State> writers = writers();
        return writers.isEmpty() ? branches.values() : writers.values();
    }

    /** Some branches are a step ahead of the others. */
    private static State mixed(Collection<State> states) {
        if (states.contains(State.COMMITTED)) {
            return State.COMMITTING;
        }
        if (states.contains(State.ABORTED)) {
            return State.ABORTING;
        }
        return states.contains(State.ACTIVE)
                ? states.contains(State.PREPARED) ? State.PREPARING : State.ACTIVE
                : State.PREPARED;
    }

    /** {@return whether every branch has ended and the client has its answer} */
    public boolean isOver() {
        // The cheap question first: this is asked after each step of each order.
        return request.map(ClientRequest::isAnswered).orElse(true)
                && (state().isFinal() || isSettledElsewhere())
                && !isWaitingForPeer();
    }
}
