package dev.lockstep.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.journal.Journal;
import dev.lockstep.journal.Stories;
import dev.lockstep.journal.Story;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers that are made of several readings, while transactions go on: they are as of one moment. */
class OneMomentTest {

    private static final String GLOBAL_ID = "4871251_x";

    private static List<TransactionEvent> committed() {
        List<TransactionEvent> events = new ArrayList<>();
        for (Kind kind : List.of(Kind.START, Kind.END)) {
            both(events, kind, "product", Result.NONE);
            both(events, kind, "orders", Result.NONE);
        }
        both(events, Kind.PREPARE, "product", Result.PREPARED);
        both(events, Kind.PREPARE, "orders", Result.PREPARED);
        both(events, Kind.DECISION, "product", Result.COMMIT);
        both(events, Kind.COMMIT, "orders", Result.COMMIT);
        return events;
    }

    private static void both(List<TransactionEvent> events, Kind kind, String participant, Result result) {
        boolean isCommitPoint = participant.equals("product");
        for (Moment moment : Moment.values()) {
            events.add(new TransactionEvent(
                    kind,
                    moment,
                    GLOBAL_ID,
                    participant,
                    isCommitPoint ? "C0" : "F1",
                    isCommitPoint,
                    Instant.EPOCH,
                    moment == Moment.BEFORE ? Result.NONE : result,
                    ""));
        }
    }

    /** Scenario: somebody looks for a transaction while its end is told to one after the other. Expected outcome: it is found, once. */
    @Test
    void transactionThatJustEnds_isListedOnce() {
        Journal journal = new Journal();
        RecentTransactions recent = new RecentTransactions(journal);
        List<Integer> listed = new ArrayList<>();
        journal.onEnd(story -> listed.add(recent.all().size()));
        journal.onEnd(recent::ended);
        journal.onEnd(story -> listed.add(recent.all().size()));
        committed().forEach(journal::onEvent);
        assertThat(recent.find(GLOBAL_ID)).isPresent();
        listed.add(recent.all().size());
        assertThat(listed).containsExactly(1, 1, 1);
        assertThat(journal.open()).isEmpty();
    }

    /** Scenario: the databases are asked, and then a transaction commits. Expected outcome: what is prepared no longer contradicts its state. */
    @Test
    void branchThatWasCommittedSinceTheLook_isNotToldAsPrepared() {
        Story story = Stories.of(GLOBAL_ID, Instant.EPOCH, committed());
        BranchInDoubt seen = new BranchInDoubt(
                GLOBAL_ID + "_RjEucHJvZHVjdA==",
                GLOBAL_ID,
                "orders",
                "F1",
                false,
                "product",
                "lockstep",
                true,
                true,
                Instant.EPOCH,
                Evidence.OPEN,
                "it was prepared then",
                Set.of());
        JsonObject told = ConsoleJson.transaction(
                story,
                List.of(seen),
                List.of(new HeldLock("orders", "customer_order", "RowLock", 1, 0)),
                OrderNames.SHOWN);
        assertThat(told.getString("state")).isEqualTo("COMMITTED");
        assertThat(told.getJsonArray("prepared")).isEmpty();
        assertThat(told.getJsonArray("locks")).isEmpty();
    }

    /** Scenario: a transaction ends between the statistics' last telling and their reset. Expected outcome: it counts after the reset. */
    @Test
    void transactionThatEndsBeforeTheReset_isCounted() {
        Statistics statistics = new Statistics(new Journal(), Clock.systemUTC());
        Story story = Stories.of(GLOBAL_ID, Instant.EPOCH, committed());
        statistics.ended(story);
        Statistics.Totals told = statistics.totals(Set.of());
        statistics.ended(story);
        statistics.reset(told);
        assertThat(told.counts().committed()).isEqualTo(1);
        assertThat(statistics.totals(Set.of()).counts().committed()).isEqualTo(1);
    }
}
