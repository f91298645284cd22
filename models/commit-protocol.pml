/*
 * The commit protocol of the participant: two-phase commit without a coordinator log.
 *
 * One global transaction with three branches, each in a database of its own: the commit point, which keeps the decision row, and
 * two followers; -DFOLLOWERS=1, the small bound, leaves one. Two nodes: node 1 runs the transaction, may die at any moment and may
 * come back as a new incarnation; node 2 is another instance of the same application. Both run a resolver that knows nothing but
 * the databases.
 *
 * CHECKED
 *   safety    (assertions)  never one branch committed beside one rolled back; a yes is never undone; no "no" for a
 *                           committed transaction; the commit point commits only when every follower is prepared.
 *                           Resolvers need no knowledge of who is alive: until `calm` they may at any moment take the
 *                           living coordinator for dead, and so may its own second incarnation.
 *   settles   (ltl, weak fairness)  once nobody dies any more and every request is answered (`calm`), and if at least one
 *                           node runs, then from some moment on no branch is prepared and no decision row is left.
 *
 * ABSTRACTIONS, and why they are safe
 *   - A database that is away, a cut connection, a "prepared transaction is busy" (55000): a request without an answer. It
 *     may be carried out later, once or never (`late…`), whatever has become of its sender. An answer that is lost is a request
 *     that is late by nothing. Reads without an answer are given up. A database that is really down only forbids some of these.
 *   - Two requests of the same kind under way to one branch count as one: the second would find nothing more to do, or is
 *     one more that got lost. Requests to a branch that has ended are dropped: they find nothing.
 *   - COMMIT PREPARED is one step: row visible, branch gone. PostgreSQL makes the row visible first, then takes the branch off
 *     pg_prepared_xacts; whoever comes between sees a branch still prepared, and waits: what he would have seen before.
 *   - The retention of R3 is no clock but what it stands for: `asking` (the coordinator is between the sending of COMMIT
 *     PREPARED and its answer to the client) forbids a resolver to forget. That the time is long enough is NOT shown here.
 *   - The coordinator's advisory lock is part of `node1`: held, then free some time after the death, then held by the next
 *     incarnation. Locks lost by a living coordinator (database restarted) are the resolvers' wrong belief.
 *   - A decision may be forgotten without retention by its own coordinator's resolver once the client was told; the model lets every
 *     resolver do so from then on, which is more.
 *   - A resolver has no memory, so its own death is an iteration given up at any step.
 *   - Fail-over. Every database has a synchronous standby. What a database carried out without it (the wait was cancelled: warning
 *     01000; the connection broke; the server restarted) is `unreplicated`: everybody can read it, and a fail-over undoes it. Such a
 *     request counts as one without an answer, so only late requests are carried out in this way. One fail-over, of one database.
 *   - The barrier: who has read writes once more on the same session. An answer says that all he read is replicated, and
 *     that no fail-over came between; without one, what he read counts as not read. So a former primary that nobody stopped
 *     is not in the model: it answers no barrier. A barrier follows its last read in one step, because until its answer comes
 *     nothing is concluded.
 *   - A PREPARE that is not replicated is one without an answer, whose branch is then rolled back or vanishes. A deletion of the row
 *     that is undone leaves a row to delete again.
 *   - Other transactions do not meet this one: global ids are unique for ever. (An assumption: JTS must keep it.)
 *   - A branch that wrote nothing votes read-only (READ_ONLY) and is over: it goes with either decision. Who wrote is chosen with the vote.
 *     If the commit point wrote nothing, its part goes to the next branch that did: branches get their names when they are prepared.
 *   - The work before PREPARE, GET of an order, and databases that lose what they have replicated (an asynchronous standby is promoted, a
 *     backup restored) are left out.
 *
 * BROKEN ON PURPOSE (-D…): each must make the check fail, which is the proof that it can.
 *   READS_SWAPPED      R2 reads the decision row before it asks whether the commit point is still prepared         safety
 *   LOOK_SWAPPED       the same mistake in the look of P2 and P3 (one SQL statement for both reads makes it, too)   safety
 *   EAGER_FORGETTING   R3 without retention: a resolver forgets as soon as all followers are done                   safety
 *   FORGET_UNREAD      R3 looks for the followers' branches before it reads the row                                 safety
 *   FOLLOWERS_FIRST    P1 prepares the followers before the commit point                                            safety
 *   READ_ONLY_ALONE    a commit point that votes read-only does not hand its part on: nobody keeps the decision     safety
 *   STALE_SCAN         R2 asks for the commit point before it has seen the follower prepared                        safety
 *   WARNING_IS_DONE    a COMMIT PREPARED that was not replicated counts as done                                     safety
 *   NO_BARRIER         R2, R3 and the looks believe what they read                                                  safety
 *   FORGET_UNPROVED    R3 alone does so, in the followers' databases                                                safety
 *   TWO_SESSIONS       the second read may go to another server than the first                                      safety
 *   LATE_VETO          a listener's veto counts after COMMIT PREPARED was sent, too                                  safety
 *   LOCK_ALONE         R1 trusts the lock alone, also where this very node's new incarnation holds it               settles
 *   ONLY_UNKNOWN       R1 cares for its own commit point only after a COMMIT PREPARED, not after a lost rollback    settles
 *
 * A counterexample in words: spin -a -DREADS_SWAPPED commit-protocol.pml && gcc -DSAFETY -DNOCLAIM -o pan pan.c && ./pan -m100000
 *   && spin -t -DREADS_SWAPPED commit-protocol.pml
 */

/* The bound. One is what every build explores, and what the shop has; two can be out of step with each other, too. */
#ifndef FOLLOWERS
#define FOLLOWERS 2
#endif

#define BRANCHES (1 + FOLLOWERS)
#if FOLLOWERS == 1
#define any(is) (is(0) || is(1))
#define all(are) (are(0) && are(1))
#else
#define any(is) (is(0) || is(1) || is(2))
#define all(are) (are(0) && are(1) && are(2))
#endif

mtype = { WORKING, PREPARED, COMMITTED, ROLLED_BACK, READ_ONLY }; /* a branch, in its database */
mtype = { NONE, YES, NO, DONT_KNOW };                      /* what the client was told */
mtype = { UNKNOWN, COMMIT, ABORT };                        /* what the coordinator knows of the decision */
mtype = { DONE, NOT_THERE, LOST };                         /* how a request ends for its sender */
mtype = { UP, DEAD, DEAD_LOCK_FREE, RESTARTED, GONE };     /* a node; GONE: dead for good, its lock is free */

/* The databases: all that survives. */
mtype branch[BRANCHES] = WORKING;
byte commitPoint = 0; /* which branch it is; a prepared branch's name tells */
bool decisionRow = false;

/* Requests under way whose senders have stopped waiting for them. */
bool latePrepare[BRANCHES], lateCommit[BRANCHES], lateRollback[BRANCHES];
bool lateForget = false;

bool unreplicated[BRANCHES]; /* how it ended is known here, and not to the standby */

/* The world. */
bool failedOver = false;
bool calm = false; /* nobody dies any more, every request is answered, nothing late is under way */
mtype node1 = UP;
mtype node2 = UP;
bool asking = false; /* the coordinator is in P2 or P3; see R3 */
mtype answer = NONE;

#define prepared(b) (branch[b] == PREPARED)
#define readOnly(b) (branch[b] == READ_ONLY)
#define ready(b) (prepared(b) || readOnly(b))
#define undecided(b) (branch[b] == WORKING || branch[b] == PREPARED)
#define committed(b) (branch[b] == COMMITTED)
#define rolledBack(b) (branch[b] == ROLLED_BACK)
#define isFollower(b) (prepared(b) && b != commitPoint)
#define noneCommitted (!any(committed))
#define noneRolledBack (!any(rolledBack))

/* --- what a database does ------------------------------------------------------------------------------------------- */

inline ended(b) {
    latePrepare[b] = false;
    lateCommit[b] = false;
    lateRollback[b] = false
}

/* COMMIT PREPARED, where the branch is prepared. With the commit point's branch its row becomes visible. */
inline commits(b) {
    printf("database %d: COMMIT PREPARED is carried out\n", b);
    assert(noneRolledBack);
    assert(answer != NO);
    if
    :: b == commitPoint ->
        assert(all(ready));
        decisionRow = true
    :: else -> assert(branch[commitPoint] == COMMITTED)
    fi;
    branch[b] = COMMITTED;
    ended(b)
}

inline rollsBack(b) {
    printf("database %d: the branch is rolled back\n", b);
    assert(noneCommitted);
    assert(answer != YES);
    branch[b] = ROLLED_BACK;
    ended(b)
}

/* --- what a process asks of a database: answered, or its answer is not waited for ------------------------------------- */

inline commitPrepared(b, reply) {
    if
    :: d_step { prepared(b) -> commits(b); reply = DONE }
#ifdef WARNING_IS_DONE
    :: d_step { prepared(b) && !calm -> commits(b); unreplicated[b] = true; reply = DONE }
#endif
    :: d_step { !prepared(b) -> reply = NOT_THERE }
    :: d_step { !calm -> printf("COMMIT PREPARED to %d: no answer\n", b); lateCommit[b] = undecided(b); reply = LOST }
    fi
}

inline rollbackPrepared(b, reply) {
    if
    :: d_step { prepared(b) -> rollsBack(b); reply = DONE }
    :: d_step { !prepared(b) -> reply = NOT_THERE }
    :: d_step { !calm -> printf("ROLLBACK PREPARED to %d: no answer\n", b); lateRollback[b] = undecided(b); reply = LOST }
    fi
}

/* The answer to a write: the standby has all that was written before. */
inline barrier(b) {
#ifndef NO_BARRIER
    unreplicated[b] = false
#else
    skip
#endif
}

/* R3's DELETE. */
inline forget() {
    if
    :: d_step { printf("the decision row is deleted\n"); decisionRow = false; lateForget = false; unreplicated[commitPoint] = false }
    :: d_step { !calm -> lateForget = decisionRow }
    fi
}

/* Whether a second read goes to the server of the first: all is asked on one session, which a fail-over breaks. */
#ifdef TWO_SESSIONS
#define onSameServer(seen) true
#else
#define onSameServer(seen) (failedOver == seen)
#endif

/*
 * The look of P2 and P3: first whether the commit point is still prepared, then, in a later snapshot, the row, then the barrier. The
 * branch may end between the reads, so their order matters as much as in R2. Without an answer the outcome stays UNKNOWN.
 */
inline readRow(outcome) {
    if
    :: d_step { decisionRow && onSameServer(server) -> printf("coordinator: looks, the row is there\n");
            barrier(commitPoint); outcome = COMMIT }
    :: d_step { !decisionRow && onSameServer(server) -> printf("coordinator: looks, no row\n");
            barrier(commitPoint); outcome = ABORT }
    :: !calm || !onSameServer(server) -> outcome = UNKNOWN
    fi;
    server = false
}

inline look(outcome) {
#ifdef LOOK_SWAPPED
    server = failedOver;
    readRow(outcome);
    if
    :: outcome == ABORT && prepared(commitPoint) -> outcome = UNKNOWN
    :: else
    fi
#else
    if
    :: d_step { prepared(commitPoint) -> printf("coordinator: looks, still prepared\n"); outcome = UNKNOWN }
    :: d_step { !prepared(commitPoint) -> printf("coordinator: looks, not prepared\n"); server = failedOver } readRow(outcome)
    :: !calm -> outcome = UNKNOWN
    fi
#endif
}

/* --- node 1, first incarnation: the coordinator ------------------------------------------------------------------------ */

/*
 * P1: yes, no (the branch is gone with it), or no answer: then it counts as no, but the branch may yet become prepared. Or yes, but a
 * listener vetoes: that is a no, too, whose branch is prepared until its ROLLBACK PREPARED is carried out.
 */
inline prepare(b) {
    if
    :: d_step { printf("coordinator: branch %d is prepared\n", b); branch[b] = PREPARED }
    :: d_step { printf("coordinator: branch %d votes no\n", b); rollsBack(b) } goto roll_back
    :: d_step { !calm -> printf("PREPARE to %d: no answer\n", b); latePrepare[b] = true } goto roll_back
    :: d_step { printf("coordinator: branch %d is prepared, and vetoed\n", b); branch[b] = PREPARED }
        rollbackPrepared(b, reply);
        goto roll_back
    fi
}

inline votesReadOnly(b) {
    d_step { printf("coordinator: branch %d wrote nothing\n", b); branch[b] = READ_ONLY }
}

/* The followers' names tell the commit point, so it is known before. */
inline prepareFollowers() {
    f = commitPoint + 1;
    do
    :: f < BRANCHES -> prepare(f); f++
    :: f < BRANCHES -> votesReadOnly(f); f++
    :: f == BRANCHES -> break
    od;
    f = 1
}

active proctype Coordinator() {
    mtype outcome = UNKNOWN;
    mtype reply = LOST;
    bool decidedToCommit = false;
    bool sawThrough = true;
    bool knowsCommit = false;
    bool server = false;
    byte f = 1;

    {
        /* P1. Enlist order: the commit point first. R2 rests on it: a prepared follower's commit point was prepared. */
#ifdef FOLLOWERS_FIRST
        prepareFollowers();
        prepare(commitPoint);
#elif defined(READ_ONLY_ALONE)
        if
        :: prepare(commitPoint)
        :: votesReadOnly(commitPoint)
        fi;
        prepareFollowers();
        if
        :: atomic { readOnly(commitPoint) -> outcome = COMMIT } goto follow /* all have voted yes */
        :: else
        fi;
#else
        /* A commit point that only read is none: its part goes to the next branch. */
        do
        :: commitPoint < BRANCHES -> prepare(commitPoint); break
        :: commitPoint < BRANCHES -> votesReadOnly(commitPoint);
            if
            :: commitPoint + 1 < BRANCHES -> commitPoint++
            :: commitPoint + 1 == BRANCHES -> goto read_only
            fi
        od;
        prepareFollowers();
#endif

        /* P2. "Does not exist" is no end of it: on another server it may be prepared again. */
        atomic {
            printf("coordinator: all are prepared, commits\n");
            asking = true;
            decidedToCommit = true;
            commitPrepared(commitPoint, reply)
        }
#ifdef LATE_VETO
        if
        :: goto roll_back
        :: skip
        fi;
#endif
        if
        :: reply == DONE -> outcome = COMMIT
        :: reply == NOT_THERE -> look(outcome)
        :: reply == LOST -> look(outcome);
            if
            :: outcome == UNKNOWN && !calm
            :: atomic { outcome == UNKNOWN -> /* still prepared: once more, on the look's connection */
                    commitPrepared(commitPoint, reply) }
                if
                :: reply == DONE -> outcome = COMMIT
                :: reply == NOT_THERE -> look(outcome)
                :: reply == LOST
                fi
            :: outcome != UNKNOWN
            fi
        fi;

        /* P3, one follower after the other: what comes after the commit point, save those that voted read-only. */
    follow:
        do
        :: f < BRANCHES && (readOnly(f) || f == commitPoint) -> f++
        :: f < BRANCHES && !readOnly(f) && f != commitPoint ->
            if
            :: outcome == UNKNOWN -> look(outcome)
            :: else
            fi;
            if
            :: atomic { outcome == COMMIT ->
                    assert(branch[commitPoint] == COMMITTED);
                    commitPrepared(f, reply);
                    if
                    :: reply == LOST /* again, on a fresh connection */
                    :: reply == LOST -> sawThrough = false; f++ /* or leave it to the resolver */
                    :: reply == DONE -> f++
                    :: reply == NOT_THERE -> barrier(f); f++ /* on a fresh connection, with the barrier; on the old one it is LOST */
                    fi }
            :: atomic { outcome == ABORT ->
                    assert(branch[commitPoint] != COMMITTED);
                    rollbackPrepared(f, reply);
                    sawThrough = false;
                    f++ }
            :: d_step { outcome == UNKNOWN -> sawThrough = false; f++ }
            fi
        :: else -> break
        od;

        /* The client's answer ends the asking. */
        skip;
        d_step {
            asking = false;
            if
            :: outcome == COMMIT -> printf("client: yes\n"); answer = YES; assert(branch[commitPoint] == COMMITTED && noneRolledBack)
            :: outcome == ABORT -> printf("client: no\n"); answer = NO; assert(noneCommitted)
            :: outcome == UNKNOWN -> printf("client: unknown\n"); answer = DONT_KNOW
            fi
        }

        /* R3, the coordinator's batch: what it saw through to the end. */
        atomic {
            if
            :: sawThrough -> forget()
            :: else
            fi
        }
        goto own;

        /* Nothing was written, so there is nothing to prepare, to decide and to keep. */
    read_only:
        skip;
        d_step { printf("client: yes\n"); answer = YES; assert(noneRolledBack) }
        goto own;

        /* P4. No COMMIT PREPARED was sent or will be, so the client may be told at once and the followers rolled back. */
    roll_back:
        skip;
        d_step { printf("client: no\n"); answer = NO; sawThrough = false; f = 0; assert(noneCommitted) }
        do
        :: atomic { f < BRANCHES ->
                if
                :: readOnly(f)
                :: branch[f] == WORKING && !latePrepare[f] -> d_step { rollsBack(f) }
                :: else -> rollbackPrepared(f, reply)
                fi;
                f++ }
        :: f == BRANCHES -> break
        od;

        /*
         * R1 for our own commit point, once its transaction is over here: as we decided; R2 for a follower without a look where we know
         * that it is to commit. No other conclusion about the outcome is drawn any more: the row may have been forgotten meanwhile.
         */
    own:
        skip;
        d_step { knowsCommit = (outcome == COMMIT && !sawThrough); outcome = UNKNOWN; sawThrough = false; f = 0; reply = LOST }
    end:
        do
        :: atomic { prepared(1) && knowsCommit -> commitPrepared(1, reply); reply = LOST }
#if FOLLOWERS > 1
        :: atomic { prepared(2) && knowsCommit -> commitPrepared(2, reply); reply = LOST }
#endif
        :: atomic { prepared(commitPoint) && decidedToCommit -> commitPrepared(commitPoint, reply); reply = LOST }
#ifndef ONLY_UNKNOWN
        :: atomic { prepared(commitPoint) && !decidedToCommit -> rollbackPrepared(commitPoint, reply); reply = LOST }
#endif
        od
    } unless {
        node1 != UP
    }
}

/* --- both nodes: the resolver -------------------------------------------------------------------------------------------- */

/*
 * Whether the commit point's coordinator is dead: its lock is free, or it is held by us, a later incarnation of the same name that
 * does not know the transaction. Until all is calm, a resolver may believe it although it is wrong.
 */
#ifdef LOCK_ALONE
#define believedDead(node) (!calm || node1 == DEAD_LOCK_FREE || node1 == GONE)
#else
#define believedDead(node) (!calm || node1 == DEAD_LOCK_FREE || node1 == GONE || (node == 1 && node1 == RESTARTED))
#endif

/*
 * A request follows its last read in the same step: "later" is what late requests are for.
 *
 * R1: roll the commit point back. If that wins, it is the decision.
 */
inline r1(node) {
    atomic {
        if
        :: prepared(commitPoint) && believedDead(node) ->
            printf("resolver %d: R1 rolls the commit point back\n", node);
            rollbackPrepared(commitPoint, reply)
        :: !prepared(commitPoint) || !believedDead(node) || !calm
        fi;
        reply = LOST
    }
}

inline decide(node, f) {
    barrier(commitPoint);
    if
    :: decisionRow -> printf("resolver %d: R2 for %d, the row is there\n", node, f); commitPrepared(f, reply)
    :: !decisionRow -> printf("resolver %d: R2 for %d, no row\n", node, f); rollbackPrepared(f, reply)
    fi
}

/*
 * R2: the follower is seen in doubt; is the commit point still prepared? Then, in a later snapshot: is the row there? Then the barrier. (The first two
 * are one step: had the follower ended between them, all that follows would find nothing to do. The reverse order is an error.)
 */
inline r2(node, f) {
#if defined(READS_SWAPPED)
    if
    :: atomic { isFollower(f) && !decisionRow -> printf("resolver %d: R2 for %d, no row\n", node, f) }
        atomic {
            if
            :: !prepared(commitPoint) -> printf("resolver %d: commit point not prepared\n", node); rollbackPrepared(f, reply)
            :: prepared(commitPoint) || !calm
            fi;
            reply = LOST
        }
    :: atomic { isFollower(f) && decisionRow -> decide(node, f); reply = LOST }
    :: !isFollower(f) || !calm
    fi
#elif defined(STALE_SCAN)
    if
    :: atomic { !prepared(commitPoint) -> printf("resolver %d: commit point not prepared\n", node) }
        if
        :: isFollower(f) -> atomic { decide(node, f); reply = LOST }
        :: !isFollower(f) || !calm
        fi
    :: prepared(commitPoint) || !calm
    fi
#else
    if
    :: isFollower(f) && prepared(commitPoint) /* wait for R1 */
    :: atomic { isFollower(f) && !prepared(commitPoint) -> printf("resolver %d: commit point not prepared\n", node);
            server = failedOver }
        atomic {
            if
            :: onSameServer(server) -> decide(node, f)
            :: !calm || !onSameServer(server)
            fi;
            reply = LOST;
            server = false
        }
    :: !isFollower(f) || !calm
    fi
#endif
}

inline followersBarrier(b) {
    if
    :: b != commitPoint -> barrier(b)
    :: else
    fi
}

#ifdef EAGER_FORGETTING
#define retained false
#else
#define retained asking
#endif

/*
 * R3: the row first (it names the followers, and proves that they were prepared), then their databases with a barrier, then the retention. One step,
 * because none of them can become untrue after the row was seen; FORGET_UNREAD shows the order that would matter.
 */
inline r3(node) {
#ifdef FORGET_UNREAD
    if
    :: !any(isFollower) ->
#endif
    atomic {
        if
#ifdef FORGET_UNREAD
        :: decisionRow && !retained ->
#else
        :: decisionRow && !any(isFollower) && !retained ->
#endif
            printf("resolver %d: R3 forgets\n", node);
#ifndef FORGET_UNPROVED
            followersBarrier(1);
#if FOLLOWERS > 1
            followersBarrier(2);
#endif
#endif
            forget()
        :: !decisionRow || any(isFollower) || retained || !calm
        fi
    }
#ifdef FORGET_UNREAD
    :: any(isFollower) || !calm
    fi
#endif
}

#define somethingToDo (!calm || any(prepared) || decisionRow)
#define runs(node) (!calm || (node == 1 && (node1 == UP || node1 == RESTARTED)) || (node == 2 && node2 == UP))

proctype Resolver(byte node) {
    mtype reply = LOST;
    bool server = false;
end:
    do
    :: somethingToDo && runs(node) ->
        r1(node);
        r2(node, 1);
#if FOLLOWERS > 1
        r2(node, 2);
#endif
        r3(node)
    od
}

/* --- the world ------------------------------------------------------------------------------------------------------------- */

/* -DNO_FAIL_OVER leaves fail-overs out: every build explores `settles` so, since after calm there are none. */
#ifdef NO_FAIL_OVER
#define mayFailOver false
#else
#define mayFailOver (!failedOver)
#endif

/* Carries out what is late, at any time before calm. What is still under way then was lost. */
active proctype Network() {
    byte b;
end:
    do
    :: d_step { latePrepare[0] && branch[0] == WORKING -> branch[0] = PREPARED; latePrepare[0] = false;
        printf("database 0: a late PREPARE is carried out\n") }
    :: d_step { latePrepare[1] && branch[1] == WORKING -> branch[1] = PREPARED; latePrepare[1] = false;
        printf("database 1: a late PREPARE is carried out\n") }
    :: d_step { lateCommit[0] && prepared(0) -> commits(0) }
    :: d_step { lateCommit[0] && prepared(0) && mayFailOver -> commits(0); unreplicated[0] = true }
    :: d_step { lateCommit[1] && prepared(1) -> commits(1) }
    :: d_step { lateCommit[1] && prepared(1) && mayFailOver -> commits(1); unreplicated[1] = true }
    :: d_step { lateRollback[0] && prepared(0) -> rollsBack(0) }
    :: d_step { lateRollback[0] && prepared(0) && mayFailOver -> rollsBack(0); unreplicated[0] = true }
    :: d_step { lateRollback[1] && prepared(1) -> rollsBack(1) }
    :: d_step { lateRollback[1] && prepared(1) && mayFailOver -> rollsBack(1); unreplicated[1] = true }
#if FOLLOWERS > 1
    :: d_step { latePrepare[2] && branch[2] == WORKING -> branch[2] = PREPARED; latePrepare[2] = false;
        printf("database 2: a late PREPARE is carried out\n") }
    :: d_step { lateCommit[2] && prepared(2) -> commits(2) }
    :: d_step { lateCommit[2] && prepared(2) && mayFailOver -> commits(2); unreplicated[2] = true }
    :: d_step { lateRollback[2] && prepared(2) -> rollsBack(2) }
    :: d_step { lateRollback[2] && prepared(2) && mayFailOver -> rollsBack(2); unreplicated[2] = true }
#endif
    :: d_step { lateForget -> decisionRow = false; lateForget = false; printf("a late DELETE of the row\n") }
    od
}

/*
 * Kills, lets calm come, frees the dead one's lock some time later, restarts it or not. One node is left, or comes back. (Before calm lock
 * and restart make no difference: the resolvers believe and run as they like.)
 */
inline failsOver(b) {
    printf("database %d fails over, and has lost how the branch ended\n", b);
    assert(answer != YES || b != commitPoint);
    failedOver = true;
    branch[b] = PREPARED;
    unreplicated[0] = false;
    unreplicated[1] = false;
#if FOLLOWERS > 1
    unreplicated[2] = false;
#endif
    if
    :: b == commitPoint -> decisionRow = false
    :: else
    fi
}

active proctype Fate() {
end:
    do
    :: d_step { !calm && unreplicated[0] -> failsOver(0) }
    :: d_step { !calm && unreplicated[1] -> failsOver(1) }
#if FOLLOWERS > 1
    :: d_step { !calm && unreplicated[2] -> failsOver(2) }
#endif
    :: d_step { !calm && node1 == UP -> printf("node 1 dies\n"); node1 = DEAD; asking = false }
    :: d_step { !calm -> printf("calm\n"); calm = true; lateForget = false;
        ended(0); ended(1); unreplicated[0] = false; unreplicated[1] = false;
#if FOLLOWERS > 1
        ended(2); unreplicated[2] = false
#endif
    }
    :: calm && node1 == DEAD -> node1 = DEAD_LOCK_FREE
    :: calm && node1 == DEAD_LOCK_FREE -> node1 = RESTARTED
    :: calm && node1 == DEAD_LOCK_FREE && node2 == UP -> node1 = GONE
    :: calm && node2 == UP && node1 != GONE -> node2 = GONE
    od
}

init {
    atomic { run Resolver(1); run Resolver(2) }
}

ltl settles { <> [] (!any(prepared) && !decisionRow) }
