package dev.lockstep.tests.killmatrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** By what the launcher tells a server that must be restarted from one that only waits. */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
class SignOfLifeIT {

    /** More than the shop has threads. */
    private static final int CUSTOMERS = 40;

    private static final Duration SOON = Duration.ofSeconds(10);

    /**
     * Scenario: somebody holds the table of orders, and who asks for one occupies a thread of the shop; later the whole process stands still.
     * Expected outcome: the shop is silent both times, but only the second time the launcher hears nothing either.
     */
    @Test
    void shopWithoutAFreeThreadLives_aStoppedProcessDoesNot(Installation system) throws Exception {
        ApplicationServer payara = system.payara();
        Client client = new Client(payara.url());
        ExecutorService customers = Executors.newFixedThreadPool(CUSTOMERS);
        try {
            List<Future<Optional<Boolean>>> answers = new ArrayList<>();
            try (Connection holder = system.orderBooks().holdAll("customer_order")) {
                assertThat(holder.getAutoCommit()).isFalse();
                for (int i = 0; i < CUSTOMERS; i++) {
                    answers.add(customers.submit(() -> client.isThere(UUID.randomUUID())));
                }
                Patience.require(SOON, "no thread is left for a customer", () -> !payara.isReady());
                Patience.require(SOON, "a sign of life", payara::answers);
            }
            for (Future<Optional<Boolean>> answer : answers) {
                assertThat(answer.get()).isNotEqualTo(Optional.of(true));
            }
        } finally {
            customers.shutdownNow();
        }
        payara.freeze();
        try {
            Patience.require(SOON, "no sign of life", () -> !payara.answers());
        } finally {
            payara.thaw();
        }
        Patience.require(SOON, "a sign of life", payara::answers);
    }
}
