package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Buyer.Wish;
import dev.lockstep.tests.flow.Link.Trap;
import dev.lockstep.tests.killmatrix.Answer;
import dev.lockstep.tests.killmatrix.Books;
import dev.lockstep.tests.killmatrix.Patience;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Runs one cell: a flow is held at the point, the victim is struck and comes back, and the books are examined (N1 to N4). */
final class FlowCellRun {

    private static final int STOCK = 1_000;
    private static final int QUANTITY = 3;
    private static final Duration REACH_LIMIT = Duration.ofSeconds(45);
    private static final Duration NEXT_LIMIT = Duration.ofSeconds(30);

    /** The longest pause between two reminders that all be committed, 8 s, each of which may be lost; and rounds of the resolvers. */
    private static final Duration FORGET_LIMIT = Duration.ofSeconds(12);

    /** Beyond the holder's patience (N4). */
    private static final Duration HEAL_MARGIN = Duration.ofSeconds(2);

    /** After this nothing more is expected. */
    private static final Duration HEAL_END = Duration.ofSeconds(60);

    private final Machines machines;
    private final Buyer buyer;
    private final Executor threads;
    private final FlowCell cell;
    private final int productId;
    private final int otherProductId;
    private final Map<Wish, CompletableFuture<Answer>> answers = new LinkedHashMap<>();
    private final Set<String> earlier = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    /**
     * One run.
     *
     * @param number tells its products from those of other runs
     */
    FlowCellRun(Machines machines, Executor threads, FlowCell cell, int number) {
        this.machines = machines;
        this.buyer =
                new Buyer(machines.get(cell.point().shape().caller()).address().application());
        this.threads = threads;
        this.cell = cell;
        this.productId = 10 * number;
        this.otherProductId = productId + 1;
    }

    FlowCellResult run() throws SQLException {
        earlier.addAll(machines.remembered());
        Books stock = machines.books(Role.PRODUCT);
        stock.stock(productId, STOCK);
        stock.stock(otherProductId, STOCK);
        Trap trap = trap(cell.point());
        Wish wish = Wish.of(productId, QUANTITY, cell.point().shape());
        CompletableFuture<Answer> answer = begin(cell.point().isOfARollback() ? wish.givenUp() : wish);
        if (!trap.await(REACH_LIMIT)) {
            trap.go();
            throw new FlowPointNotReachedException(cell + "; client: " + answer.getNow(null));
        }
        bystander();
        strike(trap);
        Optional<Duration> heal = heal(answer);
        examine(answer.getNow(Answer.LOST));
        Optional<Duration> next = nextOrder();
        compare(productId);
        compare(otherProductId);
        return new FlowCellResult(
                cell,
                answer.getNow(Answer.LOST),
                machines.books(Role.ORDER).hasOrder(wish.order()),
                heal,
                next,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                violations);
    }

    private CompletableFuture<Answer> begin(Wish wish) {
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> buyer.buy(wish), threads);
        answers.put(wish, answer);
        return answer;
    }

    /** Another one, of another product, goes through meanwhile. */
    private void bystander() {
        Answer answer = begin(Wish.of(otherProductId, 1, cell.point().shape())).join();
        if (answer != Answer.YES) {
            violations.add("one of another product was answered \"" + answer + "\" while the flow was held");
        }
    }

    private void strike(Trap trap) {
        FlowVictim victim = cell.victim();
        for (int left = victim.strikes(); left > 0; left--) {
            victim.strike(machines, cell.point());
            Optional<Trap> second = cell.then().map(next -> trap(next.point()));
            trap.go();
            second.ifPresent(this::strikeAgain);
            Patience.pass(victim.absence());
            victim.bringBack(machines, cell.point());
            victim.awaitBack(machines, cell.point());
        }
    }

    private Trap trap(FlowPoint point) {
        return machines.link(point.way()).trap(point.kind(), point.moment());
    }

    /** While the first victim is away. */
    private void strikeAgain(Trap trap) {
        FlowCell second = cell.then().orElseThrow();
        if (!trap.await(REACH_LIMIT)) {
            trap.go();
            throw new FlowPointNotReachedException(cell.toString());
        }
        second.victim().strike(machines, second.point());
        trap.go();
        Patience.pass(second.victim().absence());
        second.victim().bringBack(machines, second.point());
        second.victim().awaitBack(machines, second.point());
    }

    /** N2's last part, and N4. */
    private Optional<Duration> heal(CompletableFuture<Answer> answer) {
        Duration limit = Machines.PATIENCE.plus(HEAL_MARGIN);
        Optional<Duration> heal = Patience.until(limit, () -> answer.isDone() && machines.isQuiet());
        if (heal.isPresent()) {
            return heal;
        }
        List<String> left = machines.left();
        Optional<Duration> late = Patience.until(HEAL_END, () -> answer.isDone() && machines.isQuiet());
        violations.add("not healed " + limit.toSeconds() + " s after the last part was back, but "
                + late.map(more -> more.toMillis() + " ms later").orElse("never") + "; client: " + answer.getNow(null)
                + ", left: " + left);
        return late.map(limit::plus);
    }

    private void examine(Answer answer) throws SQLException {
        if (machines.books(Role.PRODUCT).isLocked(productId)) {
            violations.add("the product is still locked");
        }
        if (isForgottenAtOnce(answer)
                && Patience.until(FORGET_LIMIT, () -> kept().isEmpty()).isEmpty()) {
            violations.add("decisions are not forgotten, though their superiors live and were told that all is done: "
                    + kept());
        }
    }

    /** The decisions of this run, the bystander's included. */
    private Set<String> kept() {
        Set<String> kept = new HashSet<>(machines.remembered());
        kept.removeAll(earlier);
        return kept;
    }

    /** Else the retention lets it go: who is in doubt may ask, and whose commit went unanswered has not said that it is done. */
    private boolean isForgottenAtOnce(Answer answer) {
        return !answer.isOpen()
                && cell.point().kind() != Kind.COMMIT
                && cell.victims().stream().noneMatch(victim -> victim.isAProcessKilled() || victim.isADatabase());
    }

    /** N3. */
    private Optional<Duration> nextOrder() {
        Optional<Duration> next = Patience.until(
                NEXT_LIMIT,
                () -> begin(Wish.of(productId, 1, cell.point().shape())).join() == Answer.YES);
        if (next.isEmpty()) {
            violations.add("no next order succeeded within " + NEXT_LIMIT.toSeconds() + " s");
        }
        return next;
    }

    private void compare(int product) throws SQLException {
        // An unknown outcome may be carried out a moment after its answer.
        Patience.until(FORGET_LIMIT, machines::isQuiet);
        long taken = STOCK - machines.books(Role.PRODUCT).stockOf(product);
        long ordered = machines.books(Role.ORDER).orderedOf(product);
        if (taken != ordered) {
            violations.add("split: " + taken + " pieces taken, " + ordered + " ordered");
        }
        if (product == productId) {
            for (Map.Entry<Wish, CompletableFuture<Answer>> one : answers.entrySet()) {
                boolean isWritten =
                        machines.books(Role.ORDER).hasOrder(one.getKey().order());
                Answer answer = one.getValue().getNow(Answer.LOST);
                if ((answer == Answer.YES && !isWritten) || (answer == Answer.NO && isWritten)) {
                    violations.add(
                            "answered \"" + answer + "\", but the order is " + (isWritten ? "written" : "not written"));
                }
            }
        }
    }
}
