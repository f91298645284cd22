package dev.lockstep.tests.killmatrix;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances of the application on the same two databases; that one heals what the other leaves is in {@link KillMatrixIT}. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedInstallation.class)
class TwoInstancesIT {

    private static final int PRODUCT = 3_000_001;
    private static final int TICKETS_PRODUCT = 3_000_002;
    private static final int STOCK = 1_000;
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
     * Scenario: a worker has claimed a product's tickets and stands before it takes their stock, until PostgreSQL ends its claim; another
     * serves them and forgets their takings; then the first goes on. Expected outcome: its claim is refused, nothing is taken twice.
     */
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

    /** Scenario: a third instance bears a living one's name. Expected outcome: it does not start, says who has the name, harms nobody. */
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
