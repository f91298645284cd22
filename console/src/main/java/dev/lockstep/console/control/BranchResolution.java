package dev.lockstep.console.control;

import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.JsonFields;
import dev.lockstep.web.ProblemException;
import dev.lockstep.web.VisibleLine;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The body of {@code POST /api/branches/{gid}/resolve}. */
public final class BranchResolution {

    /** The longest reason, in characters. */
    public static final int REASON_MAX = 500;

    private static final Set<String> FIELDS = Set.of("participant", "decision", "reason", "heuristic");

    private BranchResolution() {}

    /**
     * Reads a body.
     *
     * @param gid the branch
     * @param operator who sends it
     * @param participants the databases there are
     * @param body JSON in UTF-8
     * @return what is to be done
     * @throws ProblemException 400 naming each field at fault
     */
    public static Instruction parse(String gid, String operator, Set<String> participants, byte[] body) {
        Map<String, JsonValue> json = JsonFields.of(body);
        List<InvalidField> invalid = new ArrayList<>();
        json.keySet().stream()
                .filter(name -> !FIELDS.contains(name))
                .forEach(name -> invalid.add(new InvalidField(name, "is not a field of a resolution")));
        Optional<String> participant =
                JsonFields.string(json.get("participant")).filter(participants::contains);
        Optional<Resolution> decision = JsonFields.string(json.get("decision")).flatMap(BranchResolution::resolution);
        Optional<String> reason =
                JsonFields.string(json.get("reason")).filter(text -> VisibleLine.isWithin(text, REASON_MAX));
        JsonValue heuristic = json.getOrDefault("heuristic", JsonValue.FALSE);
        if (participant.isEmpty()) {
            invalid.add(new InvalidField("participant", "must be one of " + participants));
        }
        if (decision.isEmpty()) {
            invalid.add(new InvalidField("decision", "must be COMMIT or ROLLBACK"));
        }
        if (reason.isEmpty()) {
            invalid.add(new InvalidField(
                    "reason", "must be text of 1 to " + REASON_MAX + " characters, one of them visible, in one line"));
        }
        if (heuristic != JsonValue.TRUE && heuristic != JsonValue.FALSE) {
            invalid.add(new InvalidField("heuristic", "must be true or false"));
        }
        if (!invalid.isEmpty()) {
            throw new ProblemException(HttpProblems.invalidRequest(invalid));
        }
        return new Instruction(
                gid,
                participant.orElseThrow(),
                decision.orElseThrow(),
                heuristic == JsonValue.TRUE,
                operator,
                reason.orElseThrow());
    }

    private static Optional<Resolution> resolution(String name) {
        return Arrays.stream(Resolution.values())
                .filter(resolution -> resolution.name().equals(name))
                .findAny();
    }
}
