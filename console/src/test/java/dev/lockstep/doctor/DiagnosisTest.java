package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final ParticipantDatabase PRODUCT = new ParticipantDatabase("product", "product", "", null);
    private static final ParticipantDatabase ORDERS = new ParticipantDatabase("orders", "customer_order", "", null);
    private static final DatabaseFacts HEALTHY =
            new DatabaseFacts(64, 0, true, true, false, true, "product", "server 1");
    private static final DatabaseFacts ON_THE_SAME_SERVER =
            new DatabaseFacts(64, 0, true, true, false, true, "orders", "server 1");

    private static List<Finding> ofBoth(DatabaseFacts product, DatabaseFacts orders) {
        Map<ParticipantDatabase, DatabaseFacts> answers = new LinkedHashMap<>();
        answers.put(PRODUCT, product);
        answers.put(ORDERS, orders);
        return Diagnosis.ofAll(answers);
    }

    @Test
    void healthyDatabases_haveNoFindings() {
        assertThat(Diagnosis.ofOne(PRODUCT, HEALTHY)).isEmpty();
        assertThat(ofBoth(HEALTHY, ON_THE_SAME_SERVER)).isEmpty();
    }

    @Test
    void everyBrokenPromise_isAnErrorThatSaysWhatToSet() {
        DatabaseFacts broken = new DatabaseFacts(0, 0, false, true, true, false, "product", "server 1");
        assertThat(Diagnosis.ofOne(PRODUCT, broken))
                .allMatch(finding -> finding.severity() == Finding.Severity.ERROR)
                .extracting(Finding::sentence)
                .satisfiesExactly(
                        prepared ->
                                assertThat(prepared).contains("max_prepared_transactions is 0; set it to at least 32"),
                        fsync -> assertThat(fsync).contains("fsync is off; set fsync = on"),
                        standby -> assertThat(standby).contains("standby or read-only; set LOCKSTEP_PRODUCT_DB_HOST"),
                        table -> assertThat(table).contains("has no table product", "LOCKSTEP_PRODUCT_DB_USER"));
    }

    @Test
    void serverWithoutAFreeSlot_isAnError() {
        DatabaseFacts full = new DatabaseFacts(3, 3, true, true, false, true, "product", "server 1");
        assertThat(Diagnosis.ofOne(PRODUCT, full)).singleElement().satisfies(finding -> assertThat(finding.sentence())
                .contains("all 3 prepared transactions are in use"));
    }

    @Test
    void doubts_areWarnings() {
        DatabaseFacts doubtful = new DatabaseFacts(64, 0, true, false, false, true, "product", "server 1");
        assertThat(Diagnosis.ofOne(PRODUCT, doubtful))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING));
    }

    @Test
    void oneDatabaseForBoth_isAnError() {
        assertThat(ofBoth(HEALTHY, HEALTHY)).singleElement().satisfies(finding -> assertThat(finding.severity())
                .isEqualTo(Finding.Severity.ERROR));
    }

    @Test
    void slotsAreCountedPerServer() {
        DatabaseFacts scarce = new DatabaseFacts(63, 0, true, true, false, true, "product", "server 1");
        DatabaseFacts elsewhere = new DatabaseFacts(32, 0, true, true, false, true, "orders", "server 2");
        assertThat(ofBoth(scarce, elsewhere)).isEmpty();
        assertThat(ofBoth(scarce, ON_THE_SAME_SERVER))
                .extracting(Finding::sentence)
                .isEqualTo(
                        List.of(
                                "jdbc/product and jdbc/orders share a server whose max_prepared_transactions is 63, less"
                                        + " than the 64 connections of the pools, so orders may be refused under load; set it to 64 or more"));
    }

    @Test
    void readiness_needsAFreeSlotOnAPrimary() {
        assertThat(HEALTHY.canPrepare()).isTrue();
        assertThat(new DatabaseFacts(3, 3, true, true, false, true, "product", "server 1").canPrepare())
                .isFalse();
        assertThat(new DatabaseFacts(3, 0, true, true, true, true, "product", "server 1").canPrepare())
                .isFalse();
    }
}
