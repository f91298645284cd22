package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.StrangeRequests.Strange;
import dev.lockstep.tests.Wire.Answer;
import dev.lockstep.web.door.control.Address;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Scenario: strangers send nearly right requests, by a seed, for some seconds ({@code -Dfuzz=600 -Dseed=7}). Expected outcome: each has an answer
 * in time, in our words, no failure of ours among them, and at the end the shop serves and its books are even.
 */
@ExtendWith(AtTheShop.class)
class SurfaceFuzzIT {

    private static final int STRANGERS = 6;
    private static final int FIRST_ADDRESS = 100;
    private static final int PIECES = 1_000_000;
    private static final int FAULTS_SHOWN = 20;

    /** Three times what a body may take. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Duration SERVED_LIMIT = Duration.ofSeconds(60);

    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicBoolean isOrdered = new AtomicBoolean();

    @Test
    void strangers_doNoHarm(RunningShop shop) throws Exception {
        Duration length = Duration.ofSeconds(Long.getLong("lockstep.fuzz.seconds"));
        String given = System.getProperty("lockstep.kill-random.seed");
        long seed = given.isEmpty() ? 1 : Long.parseLong(given);
        Databases databases = shop.databases();
        int productId = databases.productOf(PIECES);
        long end = System.nanoTime() + length.toNanos();

        List<Callable<List<String>>> strangers = new ArrayList<>();
        for (int i = 0; i < STRANGERS; i++) {
            int stranger = i;
            strangers.add(
                    () -> visit(shop.url(), FIRST_ADDRESS + stranger, seed * STRANGERS + stranger, productId, end));
        }
        List<String> faults =
                InParallel.run(strangers).stream().flatMap(List::stream).toList();

        assertThat(faults).as("of %s answers, seed %s", answers, seed).isEmpty();
        assertThat(answers).hasValueGreaterThan((int) length.toSeconds());
        assertThat(shop.api().get("api/products").statusCode()).isEqualTo(200);
        Healed.await(databases);
        LauncherProcess.await(
                SERVED_LIMIT, "all tickets are served and the books even", () -> areEven(databases, productId));
        assertThat(databases.ordersOf(productId)).isPositive();
    }

    private static boolean areEven(Databases databases, int productId) {
        try {
            return databases.stockOf(productId) + databases.orderedOf(productId) == PIECES;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> visit(URI server, int address, long seed, int productId, long end) {
        StrangeRequests requests = new StrangeRequests(seed, server.getAuthority(), productId);
        List<String> faults = new ArrayList<>();
        while (!isOver(end) && faults.size() < FAULTS_SHOWN) {
            Strange request = requests.next();
            String fault = ask(server, address, request);
            if (!fault.isEmpty()) {
                faults.add(fault + "\n<- " + abridged(request.text()));
            }
        }
        return faults;
    }

    /** On a busy machine the seconds may be over before an order was among the requests, and that is waited for. */
    private boolean isOver(long end) {
        long late = System.nanoTime() - end;
        return late >= 0 && (isOrdered.get() || late > SERVED_LIMIT.toNanos());
    }

    private String ask(URI server, int address, Strange request) {
        long begin = System.nanoTime();
        try (Wire wire = new Wire(server, LIMIT, address)) {
            wire.say(request.text());
            Answer answer;
            do {
                answer = request.method().equals("HEAD") ? wire.answerToHead() : wire.answer();
            } while (answer.status() == 100);
            answers.incrementAndGet();
            if (answer.status() == 201) {
                isOrdered.set(true);
            }
            String fault = fault(request, answer);
            boolean isInTime = System.nanoTime() - begin < LIMIT.toNanos();
            return fault.isEmpty() && isInTime
                    ? ""
                    : fault + (isInTime ? "" : " late") + "\n-> " + abridged(answer.head() + answer.body());
        } catch (UncheckedIOException e) {
            return "no answer: " + e.getCause();
        }
    }

    private static String fault(Strange request, Answer answer) {
        if (answer.status() == 0) {
            return "no answer";
        }
        if (answer.header("Content-Security-Policy").isEmpty()) {
            return "past the application";
        }
        Address address = new Address(request.target().replaceFirst("\\?.*", ""));
        if (answer.status() < 400) {
            return address.isCanonical() ? "" : "a yes to an address that is none";
        }
        if ((answer.head() + answer.body()).toLowerCase(Locale.ROOT).matches("(?s).*(payara|glassfish|grizzly).*")) {
            return "in the container's words";
        }
        if (answer.status() >= 500 && !isMeant(answer)) {
            return "a failure of ours";
        }
        return address.isOfApi() && !answer.header("Content-Type").equals("application/problem+json")
                ? "no problem"
                : "";
    }

    /** What is no failure of this server's. */
    private static boolean isMeant(Answer answer) {
        return answer.status() == 501 || answer.status() == 505 || answer.body().contains(":too-many-listeners");
    }

    private static String abridged(String text) {
        StringBuilder abridged = new StringBuilder();
        text.chars()
                .limit(800)
                .forEach(character -> abridged.append(
                        character < ' ' || character > '~'
                                ? String.format(Locale.ROOT, "\\x%02x", character)
                                : (char) character));
        return abridged.toString().replace("\\x0d\\x0a", "\n     ");
    }
}
