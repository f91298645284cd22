package dev.lockstep.console.control;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of the operators' log.
 *
 * @param at when the operator wanted it, by the database's clock
 * @param operator who
 * @param participant the database of the branch, which has the line
 * @param gid the branch; empty if it is about none
 * @param decision what was to be done, COMMIT, ROLLBACK, RESET of the statistics, or ARCHIVE of old rows
 * @param isHeuristic whether the operator allowed a guess
 * @param reason why, in the operator's words
 * @param outcome what came of it; empty if that could not be written, or not yet
 * @param evidence what was known of the decision then
 * @param because the evidence, or why nothing was done, in one sentence; empty for a reset
 * @param counted what the statistics were when they were reset; empty for all else, and where an earlier version wrote a text
 */
public record OperatorAction(
        Instant at,
        String operator,
        String participant,
        String gid,
        String decision,
        boolean isHeuristic,
        String reason,
        Optional<String> outcome,
        Optional<String> evidence,
        Optional<String> because,
        Optional<JsonObject> counted) {}
