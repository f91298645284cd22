package dev.lockstep.tests.killmatrix;

import dev.lockstep.tests.killmatrix.RemoteControl.Held;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Runs one cell: an order or a ticket is held at the point, the victim is struck and comes back, and the books are examined (K1 to K3). */
final class CellRun {

    private static final int STOCK = 1_000;

    /** Enough for the first one, for two of the {@value #SHARING} that share, and for the next order, of one piece. */
    private static final int SCARCE_STOCK = 11;

    private static final int QUANTITY = 3;
    private static final int SHARING = 4;
    private static final Duration REACH_LIMIT = Duration.ofSeconds(20);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration NEXT_LIMIT = Duration.ofSeconds(15);
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(5);

    private final Installation system;
    private final RemoteControl control;
    private final Client client;
    private final Executor threads;
    private final Cell cell;
    private final int productId;
    private final int otherProductId;
    private final List<Story> stories = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String globalId;

    /**
     * One run.
     *
     * @param number tells its products from those of other runs
     */
    CellRun(Installation system, Client client, Executor threads, Cell cell, int number) {
        this.system = system;
        this.control = system.payara().control();
        this.client = client;
        this.threads = threads;
        this.cell = cell;
        this.productId = 10 * number;
        this.otherProductId = productId + 1;
    }

    CellResult run() throws SQLException {
        control.disarm();
        system.productBooks().stock(productId, stock(productId));
        system.productBooks().stock(otherProductId, stock(otherProductId));
        Story order = order(productId);
        strike(reach());
        Optional<Duration> heal = heal(order);
        examine();
        Optional<Duration> next = nextOrder();
        if (system.participation() == Participation.LOCKSTEP
                && Patience.until(RELEASE_LIMIT, system::isNothingPrepared).isEmpty()) {
            violations.add("in doubt once more");
        }
        compare(productId);
        compare(otherProductId);
        return new CellResult(
                system.participation(),
                cell,
                order.answered().join(),
                system.orderBooks().hasOrder(order.orderId()),
                heal,
                next,
                violations,
                notes);
    }

    /** Begins; it stands at its first step, which tells its transaction's name and its worker's thread. */
    private Story order(int product) throws SQLException {
        if (cell.point().world() == World.SHARED) {
            return orderWithOthers(product);
        }
        arm(cell.point().first(), "*");
        return begin(product, QUANTITY);
    }

    /**
     * While somebody has the product's row, one order waits for it. Those that come then, one after the other, wait for that one, and share the next
     * transaction. The first two of them get the stock.
     */
    private Story orderWithOthers(int product) throws SQLException {
        try (Connection holder = system.productBooks().hold(product)) {
            begin(product, QUANTITY);
            Patience.require(REACH_LIMIT, "an order waits for the row", system.productBooks()::isSomebodyWaiting);
            List<Story> sharing = new ArrayList<>();
            while (sharing.size() < SHARING) {
                sharing.add(begin(product, QUANTITY));
                awaitWaiting(sharing.size());
            }
            arm(cell.point().first(), "*");
            holder.rollback();
            return sharing.get(0);
        }
    }

    private Story begin(int product, int quantity) {
        Story story = Story.begin(cell.point().world(), client, product, quantity, threads);
        stories.add(story);
        return story;
    }

    private Runnable reach() {
        Held first = await(cell.point().first(), REACH_LIMIT);
        globalId = first.globalId();
        if (cell.point().world() == World.SHARED) {
            awaitWaiting(0);
        }
        Point point = cell.point().leftInDoubtAt().orElse(cell.point());
        Held held = first;
        if (point != point.first()) {
            arm(point, point.world().isTwoPhase() ? globalId : "* " + first.thread());
            first.go();
            held = await(point, REACH_LIMIT);
        }
        bystander();
        if (cell.point().leftInDoubtAt().isPresent()) {
            return leaveInDoubt();
        }
        return point.lostAnswer().isPresent() ? loseAnswer(point, held) : held::go;
    }

    private void awaitWaiting(int orders) {
        Patience.require(REACH_LIMIT, orders + " orders wait for a commit", () -> client.waitingOrders()
                .equals(OptionalInt.of(orders)));
    }

    private void arm(Point point, String whose) {
        control.arm(point.step(system.participation(), whose));
    }

    private Held await(Point point, Duration limit) {
        return control.await(limit)
                .orElseThrow(() -> new PointNotReachedException("The transaction did not come to the point: " + point));
    }

    /** Another one, of another product, goes through meanwhile. */
    private void bystander() {
        Story bystander = begin(otherProductId, 1);
        if (!isThere(bystander)) {
            violations.add("one of another product was answered \""
                    + bystander.answered().join() + "\", and is not there");
        }
    }

    private static boolean isThere(Story story) {
        return story.told().join().orElse(false);
    }

    private Runnable loseAnswer(Point point, Held held) {
        CountDownLatch carriedOut = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        system.database(point.database())
                .network()
                .loseAnswer(point.lostAnswer().orElseThrow(), () -> {
                    carriedOut.countDown();
                    await(released, RELEASE_LIMIT);
                });
        held.go();
        if (!await(carriedOut, REACH_LIMIT)) {
            throw new PointNotReachedException("The statement did not come to the database: " + point);
        }
        return released::countDown;
    }

    private static boolean await(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills Payara; its next process comes to the point in its resolver. */
    private Runnable leaveInDoubt() {
        system.payara().kill();
        arm(cell.point(), globalId);
        system.payara().bringBack();
        Held held = await(cell.point(), START_LIMIT);
        // Payara's own recovery keeps the server from being ready: it is struck while it starts.
        if (system.participation() == Participation.LOCKSTEP && !cell.victim().isPayaraKilled()) {
            system.payara().awaitBack();
        }
        return held::go;
    }

    private void strike(Runnable goOn) {
        Runnable release = goOn;
        for (int left = cell.point().strikes(); left > 0; left--) {
            boolean isLast = left == 1;
            if (!isLast && !cell.victim().isPayaraKilled()) {
                arm(cell.point(), globalId); // while it can still hear
            }
            cell.victim().strike(system);
            release.run();
            Patience.pass(cell.victim().absence());
            if (!isLast && cell.victim().isPayaraKilled()) {
                arm(cell.point(), globalId); // for its successor
            }
            cell.victim().bringBack(system);
            if (!isLast) {
                Optional<Held> again = heldAgain();
                if (again.isEmpty()) {
                    notes.add("struck once: the point did not come again");
                    break;
                }
                release = again.get()::go;
            }
        }
        cell.victim().awaitBack(system);
    }

    /** The resolver comes to the point once more, unless nothing is left to resolve or it has given up. */
    private Optional<Held> heldAgain() {
        List<Held> again = new ArrayList<>();
        Patience.until(START_LIMIT, () -> {
            control.await(Duration.ofMillis(10)).ifPresent(again::add);
            return !again.isEmpty() || system.isNothingPrepared();
        });
        return again.stream().findFirst();
    }

    /** K2's last part. Payara's own recovery gets the help that an operator would give. */
    private Optional<Duration> heal(Story order) throws SQLException {
        Duration limit = system.participation().healLimit();
        Optional<Duration> heal = Patience.until(limit, () -> order.isDone() && system.isNothingPrepared());
        if (heal.isEmpty()) {
            violations.add("in doubt " + limit.toSeconds() + " s after the victim was back");
            healByRestart(limit);
        }
        return heal;
    }

    private void healByRestart(Duration limit) throws SQLException {
        system.payara().kill();
        system.payara().bringBack();
        system.payara().awaitBack();
        if (Patience.until(limit, system::isNothingPrepared).isPresent()) {
            notes.add("a restart ended the doubt");
            return;
        }
        violations.add("in doubt even after a restart; rolled back by hand");
        for (Books books : List.of(system.productBooks(), system.orderBooks())) {
            for (String gid : books.prepared().orElseThrow()) {
                books.rollBackPrepared(gid);
            }
        }
    }

    private void examine() throws SQLException {
        if (Patience.until(RELEASE_LIMIT, () -> !isLocked()).isEmpty()) {
            violations.add("the product or its queue is still locked");
        }
        boolean isForgottenAtOnce = system.participation() == Participation.LOCKSTEP
                && !cell.victim().isPayaraKilled()
                && cell.point().leftInDoubtAt().isEmpty();
        if (isForgottenAtOnce
                && Patience.until(RELEASE_LIMIT, () -> !isDecisionKept()).isEmpty()) {
            violations.add("the decision is not forgotten, though its coordinator lives");
        }
    }

    private boolean isLocked() {
        try {
            return system.productBooks().isLocked(productId)
                    || system.orderBooks().isQueueLocked(productId);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isDecisionKept() {
        try {
            return system.productBooks().hasDecision(globalId);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** K3. */
    private Optional<Duration> nextOrder() {
        Optional<Duration> next = Patience.until(NEXT_LIMIT, () -> {
            Story story = begin(productId, 1);
            return isThere(story);
        });
        if (next.isEmpty()) {
            violations.add("no next order succeeded within " + NEXT_LIMIT.toSeconds() + " s");
        }
        return next;
    }

    private int stock(int product) {
        return product == productId && cell.point().world() == World.SHARED ? SCARCE_STOCK : STOCK;
    }

    private void compare(int product) throws SQLException {
        for (Story story : stories) {
            story.told().join();
        }
        long taken = stock(product) - system.productBooks().stockOf(product);
        long ordered = system.orderBooks().orderedOf(product);
        if (taken != ordered) {
            violations.add("split: " + taken + " pieces taken, " + ordered + " ordered");
        }
        long takenForTickets = system.productBooks().takenForTicketsOf(product);
        long orderedByTicket = system.orderBooks().orderedByTicketOf(product);
        if (takenForTickets != orderedByTicket) {
            violations.add("tickets: " + takenForTickets + " pieces taken, " + orderedByTicket + " ordered");
        }
        if (product == productId) {
            system.orderBooks()
                    .blamedTickets(List.of(productId))
                    .forEach(ticket -> violations.add("blamed for the victim: " + ticket));
            for (Story story : stories) {
                story.contradiction(system.orderBooks().hasOrder(story.orderId()))
                        .ifPresent(violations::add);
            }
        }
    }
}
