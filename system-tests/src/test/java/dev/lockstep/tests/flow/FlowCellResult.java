package dev.lockstep.tests.flow;

import dev.lockstep.tests.killmatrix.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a cell.
 *
 * @param cell the cell
 * @param answer what the client was answered
 * @param isWritten whether the order is there in the end
 * @param heal from the last part's return until the client has its answer, nothing is prepared and no flow open; empty if that did not come
 * @param next from then until a next order succeeded; empty if none did
 * @param load of the computer at its end: on a busy one all takes longer
 * @param violations what may not be; empty if all is well
 */
record FlowCellResult(
        FlowCell cell,
        Answer answer,
        boolean isWritten,
        Optional<Duration> heal,
        Optional<Duration> next,
        double load,
        List<String> violations) {

    FlowCellResult {
        violations = List.copyOf(violations);
    }
}
