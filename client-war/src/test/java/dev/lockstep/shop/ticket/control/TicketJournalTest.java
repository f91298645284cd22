package dev.lockstep.shop.ticket.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.journal.Step;
import dev.lockstep.participant.observe.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TicketJournalTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TicketJournal journal = new TicketJournal();

    private UUID given() {
        UUID ticketId = UUID.randomUUID();
        journal.given(ticketId, new Subject(ticketId.toString(), "Tea", Map.of()), NOON, after(1), after(3));
        return ticketId;
    }

    private static Instant after(int millis) {
        return NOON.plusMillis(millis);
    }

    private static Serving serving(List<UUID> ticketIds, Set<UUID> granted) {
        return new Serving(ticketIds, granted, after(20), after(22), after(23), after(25));
    }

    @Test
    void ticket_isToldWithItsSteps_onceItIsServed_andItsClientHasItsAnswer() {
        UUID ticketId = given();
        journal.served(serving(List.of(ticketId), Set.of(ticketId)));
        assertThat(journal.period()).isEqualTo(new TicketJournal.Period(1, List.of()));

        journal.answered(ticketId, 202);

        TicketStory story = journal.period().shown().get(0);
        assertThat(story.state()).isEqualTo("READY");
        assertThat(story.steps())
                .extracting(step -> step.kind() + " " + step.member().participant() + " " + step.outcome())
                .containsExactly(
                        "REQUEST  202", "GIVE orders ", "CALL orders ", "TAKE product GRANTED", "SETTLE orders READY");
        assertThat(story.steps()).noneMatch(Step::isOpen);
        assertThat(journal.period()).isEqualTo(new TicketJournal.Period(0, List.of()));
        assertThat(journal.kept()).containsExactly(story);
    }

    @Test
    void ticketForWhichNothingWasLeft_isSoldOut_thoughOthersOfItsBatchAreNot() {
        UUID first = given();
        UUID second = given();
        Stream.of(first, second).forEach(ticketId -> journal.answered(ticketId, 202));

        journal.served(serving(List.of(first, second), Set.of(first)));

        assertThat(journal.period().shown())
                .extracting(TicketStory::state, TicketStory::together)
                .containsExactly(tuple("READY", 2), tuple("SOLD_OUT", 2));
    }

    @Test
    void fewAreShown_allAreCounted() {
        List<UUID> ticketIds = Stream.generate(this::given).limit(50).toList();
        ticketIds.forEach(ticketId -> journal.answered(ticketId, 202));

        journal.served(serving(ticketIds, Set.copyOf(ticketIds)));

        TicketJournal.Period period = journal.period();
        assertThat(period.served()).isEqualTo(50);
        assertThat(period.shown()).hasSizeBetween(1, 5);
        UUID next = given();
        journal.answered(next, 202);
        journal.served(serving(List.of(next), Set.of()));
        assertThat(journal.period().shown()).hasSize(1);
    }

    @Test
    void ticketGivenElsewhere_isCounted_andNotTold() {
        journal.answered(UUID.randomUUID(), 202);
        journal.served(serving(List.of(UUID.randomUUID()), Set.of()));
        assertThat(journal.period()).isEqualTo(new TicketJournal.Period(1, List.of()));
    }
}
