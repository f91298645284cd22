/*
 * Two transaction flows that meet at two servers with few threads: does each of them come to its end?
 *
 * A client calls one server, which calls the other; both take a row there when they prepare, since JPA's flush comes late. Each server
 * has one listener thread for `prepare` and one for decisions; the flow's own worker prepares, and waits for rows and peers.
 *
 * SHAPES
 *   SAME_ORDER      both flows go from server 0 to server 1 and want the same rows. No limit of time runs out: all must come to
 *                   its end by itself.
 *   OPPOSITE_ORDER  one goes from 1 to 0, and both want the same rows. A prepared branch waits for another prepared one, which no
 *                   database sees. Only a limit of time ends it: the budget of phase one.
 *   CROSSING        one goes from 1 to 0, and each has rows of its own. No limit of time runs out.
 *
 * CHECKED
 *   settles   (ltl, weak fairness)  both flows end, and no row is held.
 *
 * Nothing is lost here and nobody dies: flow.pml has that.
 *
 * BROKEN ON PURPOSE
 *   ONE_LANE        a listener thread prepares by itself, and decisions come through it, too            SAME_ORDER
 *   NO_BUDGET       phase one may take as long as it takes                                              OPPOSITE_ORDER
 *   LISTENER_WAITS  a listener thread prepares by itself; decisions have one of their own               CROSSING
 *
 * The verifier is told the shape and the broken rule when it runs: SHAPE=CROSSING BROKEN=LISTENER_WAITS ./pan -a -f. Told nothing, it
 * explores all shapes. A counterexample in words: as in flow.pml.
 */

#define SAME_ORDER 1
#define OPPOSITE_ORDER 2
#define CROSSING 3

#define ONE_LANE 1
#define NO_BUDGET 2
#define LISTENER_WAITS 3

#define SHAPES told(now.shape, SAME_ORDER) told(now.shape, OPPOSITE_ORDER) told(now.shape, CROSSING)
#define RULES told(broken, ONE_LANE) told(broken, NO_BUDGET) told(broken, LISTENER_WAITS)

#define NOBODY 2

#include "told.inc"

byte holder[2] = NOBODY; /* of each server's row */
bool isPreparing[2] = false, isDeciding[2] = false; /* the listener threads that are taken */
bool isOver[2] = false;

#define first(f) ((f == 1 && shape != SAME_ORDER) -> 1 : 0)
#define second(f) (1 - first(f))
#define listenerWaits (broken == LISTENER_WAITS || broken == ONE_LANE)

/* The listener takes the message; the worker goes on with it. */
inline comesToPrepare(s) {
    atomic { !isPreparing[s] -> isPreparing[s] = listenerWaits }
}

inline takesRow(s, f) {
    if
    :: atomic { shape != CROSSING && holder[s] == NOBODY -> holder[s] = f }
    :: shape == CROSSING
    :: shape == OPPOSITE_ORDER && holder[s] == 1 - f && broken != NO_BUDGET -> goto ends /* no time is left: a vote of no */
    fi
}

inline comesToEnd(s, f) {
    atomic { !isDeciding[s] && (!isPreparing[s] || broken != ONE_LANE) -> isDeciding[s] = true }
    d_step {
        if
        :: holder[s] == f -> holder[s] = NOBODY
        :: else
        fi;
        isDeciding[s] = false
    }
}

proctype Flow(byte f) {
    comesToPrepare(first(f));
    takesRow(first(f), f);
    comesToPrepare(second(f));
    takesRow(second(f), f);
    isPreparing[second(f)] = false;
    isPreparing[first(f)] = false;
ends:
    comesToEnd(first(f), f);
    comesToEnd(second(f), f);
    isOver[f] = true
}

/* Time goes on: without it, where all wait for each other, there would be no endless run in which a formula is untrue. */
active proctype Time() {
end:
    do
    :: shape != 0
    od
}

init {
    atomic {
        hear();
        if
        :: isShape(SAME_ORDER) -> shape = SAME_ORDER
        :: isShape(OPPOSITE_ORDER) -> shape = OPPOSITE_ORDER
        :: isShape(CROSSING) -> shape = CROSSING
        fi;
        run Flow(0);
        run Flow(1)
    }
}

ltl settles { <> [] (isOver[0] && isOver[1] && holder[0] == NOBODY && holder[1] == NOBODY) }
