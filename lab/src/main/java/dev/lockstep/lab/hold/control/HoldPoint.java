package dev.lockstep.lab.hold.control;

/** Where a transaction can be held. */
public enum HoldPoint {
    /** All work is done, in both databases; {@code scope.complete()} is the next line. */
    WORK,
    /** Both databases have prepared; the decision is the next step. */
    PREPARED
}
