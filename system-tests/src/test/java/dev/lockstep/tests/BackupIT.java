package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code backup.sh} of the distribution, as docs/backup.md tells to type it, while the shop is open. */
@ExtendWith(AtTheShop.class)
class BackupIT {

    private static final int STOCK = 1_000_000;
    private static final int CUSTOMERS = 4;
    private static final int LOAD = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /**
     * Stands before the machine's pg_dump, which refuses a server that is newer. It reads at the snapshot, too, and writes down the one number
     * that both dumps must agree about.
     */
    private static final String PG_DUMP = """
            #!/bin/bash
            set -eu
            for word; do
              case $word in
                --snapshot=*) snapshot=${word#*=} ;;
                --file=*) file=${word#*=} ;;
              esac
            done
            case $NAME in
              product) question="SELECT $STOCK - product_nums FROM product WHERE product_id = $OF_TEST" ;;
              orders) question="SELECT sum(quantity) FROM customer_order WHERE product_id = $OF_TEST" ;;
            esac
            psql -AtqX -v ON_ERROR_STOP=1 "${!#}" > "$file" <<END
            BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
            SET TRANSACTION SNAPSHOT '$snapshot';
            $question;
            END
            """;

    @TempDir
    Path folder;

    private final AtomicBoolean isClosing = new AtomicBoolean();

    @BeforeEach
    void requirePsql() {
        assumeTrue(
                ReaderOfDocs.hasPsql(), "backup.sh is not tried, there is no psql: apt-get install postgresql-client");
    }

    /** Scenario: customers order all the time. Expected outcome: as many pieces are taken in one dump as are ordered in the other; each has a yes. */
    @Test
    void backupUnderLoad_isOfOneMoment(RunningShop shop) throws Exception {
        int productId = shop.databases().productOf(STOCK);
        ExecutorService customers = Executors.newFixedThreadPool(CUSTOMERS);
        try {
            List<Future<Integer>> orders = new ArrayList<>();
            for (int i = 0; i < CUSTOMERS; i++) {
                orders.add(customers.submit(() -> orderUntilClosing(shop.api(), productId)));
            }
            LauncherProcess.await(LIMIT, "load", () -> ordered(shop, productId) >= LOAD);
            String output = backUp(shop, productId, 0);
            isClosing.set(true);
            int yes = 0;
            for (Future<Integer> customer : orders) {
                yes += customer.get();
            }

            assertThat(files()).as(output).containsExactly("orders.dump", "product.dump");
            assertThat(number("orders.dump")).isEqualTo(number("product.dump")).isBetween(LOAD, yes);
        } finally {
            isClosing.set(true);
            customers.shutdown();
        }
    }

    /** A dump would leave it out. */
    @Test
    void branchInDoubt_isToldAfterFiveSeconds_andNothingIsDumped(RunningShop shop) throws Exception {
        DataSource orders = shop.databases().orders();
        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId("nobody,server,P100"));
        BranchesByHand.prepare(orders, gid, "SELECT 1");
        try {
            assertThat(backUp(shop, 1, 1)).contains("No snapshots within 5 s: a branch is in doubt");
            assertThat(files()).noneMatch(name -> name.endsWith(".dump"));
        } finally {
            BranchesByHand.leaveNothing(orders, gid);
        }
    }

    /** {@return how many were placed: all that were asked for} */
    private int orderUntilClosing(OrderApi api, int productId) {
        int placed = 0;
        while (!isClosing.get()) {
            String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "while it is backed up");
            assertThat(api.post(order).statusCode()).isEqualTo(201);
            placed++;
        }
        return placed;
    }

    private static int ordered(RunningShop shop, int productId) {
        try {
            return shop.databases().ordersOf(productId);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return what it said} */
    private String backUp(RunningShop shop, int productId, int status) throws Exception {
        Path programs = Files.createDirectory(folder.resolve("programs"));
        Path dump = programs.resolve("pg_dump");
        Files.writeString(dump, PG_DUMP);
        assertThat(dump.toFile().setExecutable(true)).isTrue();
        Path output = folder.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        TestFolders.distribution().resolve("backup.sh").toString(),
                        words(shop.owner("product")),
                        words(shop.owner("orders")),
                        backup().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("STOCK", "" + STOCK, "OF_TEST", "" + productId));
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        Process script = builder.start();
        assertThat(script.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(script.exitValue()).as(said).isEqualTo(status);
        return said;
    }

    private Path backup() {
        return folder.resolve("backup");
    }

    /** How psql is told where to connect. */
    private static String words(DataSource database) {
        PGSimpleDataSource all = (PGSimpleDataSource) database;
        return "host=127.0.0.1 port=" + all.getPortNumbers()[0] + " dbname=" + all.getDatabaseName() + " user="
                + all.getUser() + " password=" + all.getPassword();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(backup())) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int number(String dump) throws IOException {
        return Integer.parseInt(Files.readString(backup().resolve(dump)).strip());
    }
}
