package dev.lockstep.tests.killmatrix;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of a cell.
 *
 * @param participation by what the databases took part
 * @param cell the cell
 * @param answer what the client was answered
 * @param isWritten whether the order is there in the end
 * @param heal from the victim's return until the client has its answer and nothing is prepared; empty if that did not come
 * @param next from then until a next order succeeded; empty if none did
 * @param violations what may not be; empty if all is well
 * @param notes what is worth knowing besides
 */
record CellResult(
        Participation participation,
        Cell cell,
        Answer answer,
        boolean isWritten,
        Optional<Duration> heal,
        Optional<Duration> next,
        List<String> violations,
        List<String> notes) {

    CellResult {
        violations = List.copyOf(violations);
        notes = List.copyOf(notes);
    }

    boolean isGood() {
        return violations.isEmpty();
    }
}
