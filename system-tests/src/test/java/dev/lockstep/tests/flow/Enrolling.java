package dev.lockstep.tests.flow;

import dev.lockstep.tests.killmatrix.Answer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Enrols students, each for an exam of their own; one of eight with wrong data. */
final class Enrolling extends ExampleWork {

    private static final int WRONG_ONE_OF = 8;

    private final ExampleServers servers;

    Enrolling(ExampleServers servers) {
        super(servers.pages().address() + "/api/enrolments");
        this.servers = servers;
    }

    @Override
    String wish(UUID id, Random random) {
        return wish(id, random.nextInt(WRONG_ONE_OF) == 0 ? -1 : 22);
    }

    String rightWish(UUID id) {
        return wish(id, 22);
    }

    private String wish(UUID id, int age) {
        String key = key(id);
        return "{\"exam\":{\"examId\":\"" + key + "\",\"examRoom\":\"501\",\"studentId\":\"" + key
                + "\"},\"student\":{\"studentId\":\"" + key + "\",\"sex\":\"男\",\"college\":\"师范学院\",\"age\":" + age
                + "},\"complete\":true}";
    }

    @Override
    String key(UUID id) {
        return Long.toUnsignedString(id.getMostSignificantBits());
    }

    @Override
    boolean goesEachWay() {
        UUID id = UUID.randomUUID();
        return ask(id, rightWish(id)) == Answer.YES;
    }

    /** Only its own: those of other tests have another id than their student. */
    @Override
    Map<String, String> inTheFirst() {
        return written(servers.one().column("SELECT StudentId FROM T_Exam WHERE ExamId = StudentId"));
    }

    @Override
    Map<String, String> inTheSecond() {
        return written(servers.two().column("SELECT StudentId FROM T_Student WHERE length(StudentId) > 11"));
    }

    private static Map<String, String> written(List<String> ids) {
        return ids.stream().collect(Collectors.toMap(Function.identity(), id -> "written"));
    }

    @Override
    List<String> otherViolations() {
        return servers.two().column("SELECT 'wrong age: ' || StudentId FROM T_Student WHERE Age < 10");
    }

    @Override
    public String toString() {
        return "enrolment";
    }
}
