package dev.lockstep.tests.killmatrix;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One field of the matrix.
 *
 * @param point when
 * @param victim who
 */
record Cell(Point point, Victim victim) {

    /** All of them. */
    static Stream<Cell> all() {
        return Arrays.stream(Point.values())
                .flatMap(point -> Arrays.stream(Victim.values()).map(victim -> new Cell(point, victim)));
    }

    /** Those that every build runs: what decides something, alone or shared, and what has been wrong elsewhere. */
    static Stream<Cell> telling() {
        return Stream.of(
                new Cell(Point.DURING_PREPARE_PRODUCT, Victim.PRODUCT_DATABASE),
                new Cell(Point.DURING_PREPARE_ORDERS, Victim.ORDERS_NETWORK_STALL),
                new Cell(Point.DURING_DECISION, Victim.PRODUCT_NETWORK_RESET),
                new Cell(Point.BETWEEN_COMMITS, Victim.PAYARA_STOPPED),
                new Cell(Point.BETWEEN_COMMITS, Victim.BOTH_DATABASES),
                new Cell(Point.SHARED_BETWEEN_PREPARES, Victim.PRODUCT_DATABASE),
                new Cell(Point.SHARED_DURING_DECISION, Victim.POWER_CUT),
                new Cell(Point.TICKET_BEFORE_CALLED, Victim.ORDERS_DATABASE));
    }

    @Override
    public String toString() {
        return point + ": " + victim;
    }
}
