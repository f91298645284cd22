package dev.lockstep.participant.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubjectTest {

    private static final String LONGEST = "\uD83C\uDF75".repeat(Subject.TITLE_MAX);

    private static Subject called(String id) {
        return new Subject(id, "", Map.of());
    }

    private static Map<String, String> facts(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "fact " + i, i -> "x"));
    }

    @Test
    void limit_isOfCharactersAsPeopleCountThem() {
        assertThat(new Subject("o".repeat(Subject.ID_MAX), LONGEST, facts(Subject.FACTS_MAX)).title())
                .isEqualTo(LONGEST);
    }

    @Test
    void whatIsTooLong_isRefused_byNameAndLimit() {
        assertRefused(() -> called(" "), "id", "blank");
        assertRefused(() -> called("o".repeat(101)), "id", "101", "100");
        assertRefused(() -> new Subject("o1", LONGEST + "x", Map.of()), "title", "o1", "201", "200");
        assertRefused(() -> new Subject("o1", "", facts(11)), "o1", "11 facts", "10");
        assertRefused(() -> new Subject("o1", "", Map.of("where", "x".repeat(201))), "where", "o1", "201", "200");
        assertRefused(() -> new Subject("o1", "", Map.of("x".repeat(201), "")), "name", "o1", "201", "200");
    }

    private static void assertRefused(Runnable making, String... words) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(making::run)
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void facts_keepTheirOrder_andAreACopy() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("z", "1");
        given.put("a", "2");
        Subject subject = new Subject("o1", "", given);
        given.clear();
        assertThat(subject.facts().keySet()).containsExactly("z", "a");
    }

    /** Events are logged, and a title may be a person's name. */
    @Test
    void inALog_itIsItsIdAlone() {
        assertThat(new Subject("o1", "Ann's tea", Map.of("for", "Ann"))).hasToString("Subject[o1]");
    }

    @Test
    void subjects_keepTheirOrder_eachOnce_upToTheirLimit() {
        Subjects subjects = new Subjects();
        IntStream.range(0, Subjects.MAX - 2).forEach(i -> subjects.add(List.of(called("o" + i))));
        subjects.add(List.of(called("o3"), called("o98"), called("o99"), called("o3")));
        assertThat(subjects.get())
                .extracting(Subject::id)
                .startsWith("o0", "o1")
                .hasSize(Subjects.MAX);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> subjects.add(List.of(called("o100"))))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains("o100", "the limit is 100"));
        assertThat(subjects.get()).hasSize(Subjects.MAX);
        subjects.remove(List.of(called("o1"), called("of another transaction")));
        assertThat(subjects.get())
                .extracting(Subject::id)
                .startsWith("o0", "o2")
                .hasSize(Subjects.MAX - 1);
    }

    @Test
    void withoutATransaction_nothingIsAbout() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Transactions.about(called("o1")))
                .withMessageContaining("o1");
        assertThat(Transactions.subjects().get()).isEqualTo(List.of());
    }
}
