package dev.lockstep.examples.bank.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockstep.examples.bank.Bank.Booked;
import dev.lockstep.examples.bank.Bank.Booking;
import dev.lockstep.examples.bank.RefusedException;
import dev.lockstep.testing.LocalTransaction;
import dev.lockstep.testing.TestDatabase;
import jakarta.ejb.SessionContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bank's statements do in a real PostgreSQL. */
class BankServiceTest {

    private static final TestDatabase DATABASE = TestDatabase.of(Path.of("src/main/machines/bank/bank_a"));

    private final UUID transfer = UUID.randomUUID();

    @BeforeEach
    void openAccount() {
        DATABASE.empty();
        DATABASE.sql().execute("INSERT INTO account VALUES (1, 1000)");
    }

    @Test
    void transferIsBookedOnce_howeverOftenItIsAsked() {
        book(-300);
        book(-300);
        assertThat(balance()).isEqualTo(700);
    }

    @Test
    void sameIdForAnotherAmount_isRefused() {
        book(-300);
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> book(-301));
        assertThat(balance()).isEqualTo(700);
    }

    @Test
    void moreThanThereIs_isRefused_andNothingIsBooked() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> book(-1001))
                .withMessage("Account 1 has less than 1001");
        assertThat(balance()).isEqualTo(1000);
        assertThat(booked()).isEqualTo(Booked.NO);
    }

    /** Scenario: two want 700 of 1000 at the same time. Expected outcome: who comes second waits, and is refused. */
    @Test
    void balanceIsNeverNegative_whoeverIsFaster() {
        try (LocalTransaction first = DATABASE.begin()) {
            bank(first.dataSource()).book(new Booking(UUID.randomUUID(), 1, -700));
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> book(-700));
            DATABASE.awaitWaitingSession();
            first.commit();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(second::join)
                    .withCauseInstanceOf(RefusedException.class);
        }
        assertThat(balance()).isEqualTo(300);
    }

    @Test
    void tableItself_refusesANegativeBalance() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DATABASE.sql().execute("UPDATE account SET balance = -1"))
                .withStackTraceContaining("balance_is_never_negative");
    }

    @Test
    void look_tellsWhetherATransferIsBooked_orNobodyKnowsYet() {
        assertThat(booked()).isEqualTo(Booked.NO);
        try (LocalTransaction undecided = DATABASE.begin()) {
            bank(undecided.dataSource()).book(new Booking(transfer, 1, -300));
            undecided.prepare();
            assertThat(booked()).isEqualTo(Booked.UNDECIDED);
            undecided.commit();
        }
        assertThat(booked()).isEqualTo(Booked.YES);
        assertThat(balance()).isEqualTo(700);
    }

    /** In a transaction of its own, as the container does it: an exception rolls it back. */
    private void book(long amount) {
        try (LocalTransaction transaction = DATABASE.begin()) {
            bank(transaction.dataSource()).book(new Booking(transfer, 1, amount));
            transaction.commit();
        }
    }

    private Booked booked() {
        try (LocalTransaction rolledBack = DATABASE.begin()) {
            return bank(rolledBack.dataSource()).booked(transfer);
        }
    }

    private static long balance() {
        return bank(DATABASE.dataSource()).balance(1);
    }

    private static BankService bank(DataSource accounts) {
        BankService bank = new BankService();
        bank.accounts = accounts;
        bank.context = (SessionContext) Proxy.newProxyInstance(
                BankServiceTest.class.getClassLoader(),
                new Class<?>[] {SessionContext.class},
                (any, method, values) -> null);
        return bank;
    }
}
