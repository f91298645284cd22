package dev.lockstep.tests.killmatrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.tests.killmatrix.RemoteControl.Held;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances of the application on the same two databases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedInstallation.class)
class TwoInstancesIT {

    private static final int CLIENTS_EACH = 16;
    private static final int PRODUCT = 3_000_001;
    private static final int TICKETS_PRODUCT = 3_000_002;
    private static final int STOCK = 1_000;
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(3);
    private static final Duration LOAD = Duration.ofSeconds(1);
    private static final Duration REACH_LIMIT = Duration.ofSeconds(20);

    /** A session that stands in a claim is ended after ten seconds. */
    private static final Duration CLAIM_LIMIT = Duration.ofSeconds(20);

    private static final Duration REFUSAL_LIMIT = Duration.ofMinutes(1);

    private Installation system;
    private ApplicationServer first;
    private ApplicationServer second;

    @BeforeAll
    void startSecond(Installation running) {
        second = running.applicationServer("second");
        second.bringBack();
        second.awaitBack();
    }

    @BeforeEach
    void useWhatRuns(Installation running) {
        system = running;
        first = running.payara();
        second.revive();
    }

    @AfterAll
    void stopSecond() throws Exception {
        second.close();
    }

    /**
     * Scenario: both take orders; one is killed while one of its transactions stands before the decision and another between the
     * commits. Expected outcome: the other instance heals both within three seconds, and every answer agrees with both databases.
     */
    @Test
    void livingInstance_healsTheBranchesOfAKilledOne() throws Exception {
        Client toSecond = new Client(second.url());
        Shop shop = new Shop(system);
        shop.open(CLIENTS_EACH, new Client(first.url()), toSecond, 1);
        shop.open(CLIENTS_EACH, toSecond, toSecond, 2);
        Patience.pass(LOAD);
        Held undecided = hold("DECISION BEFORE product C0 *");
        Held decided = hold("DECISION AFTER product C0 *");
        // Once it is dead, the other may have settled them before anybody looks.
        assertThat(leftByFirst()).contains(undecided.globalId(), decided.globalId());
        first.kill();

        Duration heal = Patience.until(HEAL_LIMIT, () -> leftByFirst().isEmpty())
                .orElseThrow(() -> new AssertionError("Still prepared: " + leftByFirst()));
        System.getLogger(TwoInstancesIT.class.getName())
                .log(System.Logger.Level.WARNING, "Healed by the other instance in {0} ms", heal.toMillis());
        shop.deliver();
        assertThat(shop.isSoldOutSoon()).isTrue();
        shop.close();
        assertThat(shop.contradictions()).isEmpty();
        assertThat(shop.isShared()).as(shop.sharing()).isTrue();
    }

    /**
     * Scenario: a worker has claimed a product's tickets and stands before it takes their stock, until PostgreSQL ends its claim; another
     * serves them and forgets their takings; then the first goes on. Expected outcome: its claim is refused, nothing is taken twice.
     */
    @Tag("slow")
    @Test
    void workerThatHasLostItsClaim_takesNothing() throws Exception {
        system.productBooks().stock(TICKETS_PRODUCT, STOCK);
        Held standing = holdTicketOfFirst();
        Patience.require(CLAIM_LIMIT, "the claim is lost, and the ticket served", this::isNoTicketWaiting);
        takeTicket(second); // serving it forgets the takings of those that are READY
        Patience.require(REACH_LIMIT, "the next ticket is served", this::isNoTicketWaiting);
        standing.go();

        Patience.require(REACH_LIMIT, "the stale claim is refused", () -> text(first.log())
                .contains("on the tickets of product " + TICKETS_PRODUCT + " is stale"));
        takeTicket(first);
        Patience.require(REACH_LIMIT, "the last ticket is served", this::isNoTicketWaiting);
        long ordered = system.orderBooks().orderedByTicketOf(TICKETS_PRODUCT);
        assertThat(system.productBooks().takenForTicketsOf(TICKETS_PRODUCT)).isEqualTo(ordered);
        assertThat(system.productBooks().stockOf(TICKETS_PRODUCT)).isEqualTo(STOCK - ordered);
    }

    /** Either instance may serve a ticket, so they are taken until a worker of the first one stands. */
    private Held holdTicketOfFirst() {
        first.control().arm("START BEFORE product C0 *");
        List<Held> standing = new ArrayList<>();
        Patience.require(REACH_LIMIT, "a worker of the first instance stands", () -> {
            takeTicket(first);
            first.control().await(Duration.ofMillis(200)).ifPresent(standing::add);
            return !standing.isEmpty();
        });
        return standing.get(0);
    }

    private static void takeTicket(ApplicationServer server) {
        assertThat(new Client(server.url()).takeTicket(UUID.randomUUID(), TICKETS_PRODUCT, 1))
                .isEqualTo(Answer.YES);
    }

    private boolean isNoTicketWaiting() {
        try {
            return system.orderBooks().waitingTickets() == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Held hold(String step) {
        first.control().arm(step);
        return first.control().await(REACH_LIMIT).orElseThrow();
    }

    private List<String> leftByFirst() {
        return Stream.of(system.productBooks(), system.orderBooks())
                .flatMap(books -> books.preparedBy("kill-matrix").orElseThrow().stream())
                .map(BranchId::global)
                .map(Object::toString)
                .toList();
    }

    /** Scenario: a third instance bears a living one's name. Expected outcome: it does not start, says who has the name, harms nobody. */
    @Tag("slow")
    @Test
    void nameOfALivingInstance_isRefused() throws Exception {
        system.productBooks().stock(PRODUCT, 1);
        try (ApplicationServer third = system.applicationServer("second")) {
            third.bringBack();
            Patience.require(REFUSAL_LIMIT, "the start fails; its log: " + third.log(), () -> third.failure()
                    .isPresent());
            assertThat(third.failure().orElseThrow())
                    .contains(
                            "The coordinator name second,server,P100 is taken in the database product by server process")
                    .contains("Give each server a name of its own");
        }
        assertThat(new Client(second.url()).place(UUID.randomUUID(), PRODUCT, 1))
                .isEqualTo(Answer.YES);
    }
}
