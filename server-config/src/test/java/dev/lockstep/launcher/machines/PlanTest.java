package dev.lockstep.launcher.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.launcher.console.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan's file: what it may say, and what is told of one that is wrong. */
class PlanTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '"', textBlock = """
            exam exam.war | exam | 8081 | 8491     ~ must be 'name = archive | database, or - | application's port | protocol's port'
            exam = exam.war | exam | 8081          ~ must be 'name = archive | database
            Exam = exam.war | exam | 8081 | 8491   ~ the name is 'Exam', must be 1 to 32 small letters
            = exam.war | exam | 8081 | 8491        ~ the name is ''
            exam = exam.jar | exam | 8081 | 8491   ~ the archive is 'exam.jar', must be a path that ends in .war
            exam = exam.war | | 8081 | 8491        ~ the database is '', must be - or 1 to 32 small letters
            exam = exam.war | postgres | 1 | 2     ~ none of [logs, machines, peers, postgres
            exam = exam.war | exam | 80a | 8491    ~ the application's port is '80a', must be a port, 1 to 65535, or 0
            exam = exam.war | exam | 8081 | 65536  ~ the protocol's port is '65536'
            exam = exam.war | exam | 8081 | 8081   ~ port 8081 is in line 1 already
            """)
    void faultyLine_isToldByFileLineAndLimit(String line, String told) {
        PlanText text = new PlanText("exam.conf", line);
        assertThat(text.faults()).hasSize(1);
        assertThat(text.faults().get(0)).startsWith("exam.conf:1: ").contains(told);
    }

    @Test
    void allFaultsAreTold_eachWithItsLine() {
        PlanText text = new PlanText("p.conf", """
                # two servers
                a = a.war | db | 1 | 2

                a = b.war | db | 3 | 1
                b = b.war | -  | x | y
                """);
        assertThat(text.faults())
                .containsExactly(
                        "p.conf:4: database db is in line 2 already; each server needs one of its own",
                        "p.conf:4: server a is in line 2 already; each server needs one of its own",
                        "p.conf:4: port 1 is in line 2 already; each server needs one of its own",
                        "p.conf:5: the application's port is 'x', must be a port, 1 to 65535, or 0 for a free one",
                        "p.conf:5: the protocol's port is 'y', must be a port, 1 to 65535, or 0 for a free one");
    }

    @Test
    void planWithoutServers_andOneWithTooMany_areRefused() {
        assertThat(new PlanText("p.conf", "# nothing\n").faults())
                .singleElement()
                .asString()
                .contains("p.conf has no server");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= PlanText.SERVERS_MAX; i++) {
            many.append("s").append(i).append(" = s.war | - | 0 | 0\n");
        }
        assertThat(new PlanText("p.conf", many.toString()).faults())
                .containsExactly("p.conf has 17 servers, at most 16 are allowed");
    }

    @Test
    void planOfAPath_hasItsArchivesAndScriptsBesideIt() throws IOException {
        Files.createDirectories(folder.resolve("train/target"));
        Files.createFile(folder.resolve("train/target/train.war"));
        Files.createDirectories(folder.resolve("travel/train"));
        Path file = Files.writeString(
                folder.resolve("travel.conf"), "train = train/target/train.war | train | 8081 | 0 \n");
        Plan plan = Plan.read(folder.resolve("distribution"), file.toString());
        assertThat(plan.name()).isEqualTo("travel");
        assertThat(plan.servers())
                .containsExactly(new PlannedServer("train", "train/target/train.war", Optional.of("train"), 8081, 0));
        assertThat(plan.archive(plan.servers().get(0))).exists();
        assertThat(plan.scripts("train")).isEqualTo(folder.resolve("travel/train"));
        assertThatThrownBy(() -> plan.scripts("hotel"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("database hotel needs the folder " + folder.resolve("travel/hotel"));
    }

    @Test
    void missingPlan_isToldWithThoseThatAreThere() throws IOException {
        Files.createDirectories(folder.resolve("machines"));
        Files.writeString(folder.resolve("machines/bank.conf"), "");
        Files.writeString(folder.resolve("machines/shop.conf"), "");
        assertThatThrownBy(() -> Plan.read(folder, "shops"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("There is no " + folder.resolve("machines/shops.conf"))
                .hasMessageContaining("the plans are [bank, shop]");
    }

    @Test
    void missingArchive_isToldWithItsServer() throws IOException {
        Path file = Files.writeString(folder.resolve("p.conf"), "a = a.war | - | 0 | 0");
        assertThatThrownBy(() -> Plan.read(folder, file.toString()))
                .isInstanceOf(StartException.class)
                .hasMessage(file + ": server a needs " + folder.resolve("a.war") + ", which is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../shop", "Shop", "", "shop/other"})
    void nameThatIsNone_isRefused(String name) {
        assertThatThrownBy(() -> Plan.read(folder, name)).isInstanceOf(StartException.class);
    }

    /** The delivered plan, as far as it can be read without the archives. */
    @Test
    void planOfTheShop_isWithoutFault() throws IOException {
        PlanText text = new PlanText("shop.conf", Files.readString(Path.of("src/main/machines/shop.conf")));
        assertThat(text.faults()).isEmpty();
        assertThat(text.servers()).extracting(PlannedServer::name).containsExactly("product", "order", "client");
        assertThat(text.servers())
                .extracting(PlannedServer::addressVariable)
                .containsExactly("LOCKSTEP_PRODUCT_URL", "LOCKSTEP_ORDER_URL", "LOCKSTEP_CLIENT_URL");
    }
}
