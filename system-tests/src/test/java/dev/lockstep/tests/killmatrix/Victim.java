package dev.lockstep.tests.killmatrix;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is struck, how, for how long, and what brings it back. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
enum Victim {
    /** SIGKILL. */
    PAYARA("Payara killed", 500, i -> i.payara().kill(), i -> i.payara().bringBack(), i -> i.payara()
            .awaitBack()),
    /** SIGSTOP and SIGCONT: for two seconds it seems dead, and is not. */
    PAYARA_STOPPED(
            "Payara stopped for 2 s",
            2_000,
            i -> i.payara().freeze(),
            i -> i.payara().thaw(),
            Victim::atOnce),
    /** An immediate stop. */
    PRODUCT_DATABASE("product database stopped", 1_000, List.of("product"), DatabaseServer::stopImmediately),
    /** An immediate stop. */
    ORDERS_DATABASE("orders database stopped", 1_000, List.of("orders"), DatabaseServer::stopImmediately),
    /** An immediate stop of both. */
    BOTH_DATABASES("both databases stopped", 1_000, List.of("product", "orders"), DatabaseServer::stopImmediately),
    /** SIGKILL for everything. */
    POWER_CUT(
            "power cut",
            500,
            i -> {
                i.payara().kill();
                i.product().kill();
                i.orders().kill();
            },
            i -> {
                i.product().bringBack();
                i.orders().bringBack();
                i.product().awaitBack();
                i.orders().awaitBack();
                i.payara().bringBack();
            },
            i -> i.payara().awaitBack()),
    /** All connections are reset, and new ones refused, for a second. */
    PRODUCT_NETWORK_RESET("network to product reset", 1_000, Installation::product, n -> n.network()
            .cut()),
    /** Nothing arrives for three seconds; then everything does. */
    PRODUCT_NETWORK_STALL("network to product stalls 3 s", 3_000, Installation::product, n -> n.network()
            .stall()),
    /** All connections are reset, and new ones refused, for a second. */
    ORDERS_NETWORK_RESET("network to orders reset", 1_000, Installation::orders, n -> n.network()
            .cut()),
    /** Nothing arrives for three seconds; then everything does. */
    ORDERS_NETWORK_STALL("network to orders stalls 3 s", 3_000, Installation::orders, n -> n.network()
            .stall());

    private final String title;
    private final Duration absence;
    private final Consumer<Installation> strike;
    private final Consumer<Installation> bringBack;
    private final Consumer<Installation> awaitBack;

    Victim(
            String title,
            int absenceMillis,
            Consumer<Installation> strike,
            Consumer<Installation> bringBack,
            Consumer<Installation> awaitBack) {
        this.title = title;
        this.absence = Duration.ofMillis(absenceMillis);
        this.strike = strike;
        this.bringBack = bringBack;
        this.awaitBack = awaitBack;
    }

    /** The network to a database. */
    Victim(
            String title,
            int absenceMillis,
            Function<Installation, DatabaseServer> database,
            Consumer<DatabaseServer> strike) {
        this(
                title,
                absenceMillis,
                i -> strike.accept(database.apply(i)),
                i -> database.apply(i).network().heal(),
                Victim::atOnce);
    }

    /** Databases. */
    Victim(String title, int absenceMillis, List<String> names, Consumer<DatabaseServer> strike) {
        this(
                title,
                absenceMillis,
                i -> names.forEach(name -> strike.accept(i.database(name))),
                i -> names.forEach(name -> i.database(name).bringBack()),
                i -> names.forEach(name -> i.database(name).awaitBack()));
    }

    private static void atOnce(Installation installation) {}

    /** Whether Payara's process ends, and with it the transaction's coordinator. */
    boolean isPayaraKilled() {
        return this == PAYARA || this == POWER_CUT;
    }

    Duration absence() {
        return absence;
    }

    void strike(Installation installation) {
        strike.accept(installation);
    }

    void bringBack(Installation installation) {
        bringBack.accept(installation);
    }

    /** Waits until it does its work again; from then on its healing is timed. */
    void awaitBack(Installation installation) {
        awaitBack.accept(installation);
    }

    @Override
    public String toString() {
        return title;
    }
}
