package dev.lockstep.shop.order;

/** What becomes of somebody who comes to the lanes. */
public enum Entry {
    /** He has a lane, and must leave it. */
    ALONE,
    /** He goes on at once and has no lane: nobody shares here, or nobody may share with him. */
    APART,
    /** He waits, and will be served. */
    WAITING,
    /** Too many wait already. */
    FULL,
    /** Nobody is served any more. */
    CLOSED
}
