/*
 * The transaction flow: servers that call each other, a transaction of its own at each, and one commit.
 *
 * Three servers, each with a database or without. Server 0, the superior, runs the client's transaction: it calls, asks for the votes,
 * decides and tells. A server that was called has a gate and a worker; it may call on, and then does all this for those it called. Each
 * database has a resolver: of its server, or of another instance. Any server may die at any moment, and comes back knowing nothing.
 *
 * SHAPES
 *   TWO_CALLEES        0 calls 1, 2 and then 1 again, and has no database: 1 holds the commit point, 2 follows
 *   HOLDING            0 has written before it calls 1: it holds the commit point itself
 *   FOLLOWING          0 writes after the call: its own branch follows 1
 *   CHAIN              0 calls 1, which calls 2; 0 then calls 1 again
 *   SUB_FOLLOWER       0 holds, 1 follows and has called 2, which follows, too
 *   ROUTER             0 calls 1, which has no branch and calls 2: the holder is two servers away
 *   FOLLOWING_ROUTER   the same, and 0 holds
 *   DIAMOND            0 calls 1 and 2, and 2 calls 1
 *   DIAMOND_TURNED     0 calls 2 first
 *   LOOP               0 calls 1, which calls 0 back, whose own branch begins then
 *
 * CHECKED
 *   safety    (assertions)  never one branch committed beside one rolled back; a yes is never undone; no "no" for a committed
 *                           transaction; the holder commits only when every branch is prepared that has written, each with the whole of
 *                           its work and nothing twice; whoever voted yes hears the true end or none.
 *   settles   (ltl, weak fairness)  once nobody dies any more and every request is answered (`calm`), from some moment on no branch is
 *                           prepared, no decision row is left, and no transaction, gate or worker waits anywhere.
 *
 * ABSTRACTIONS, and why they are safe
 *   - A message that was sent may come at any time until `calm`, once, often or never; a server that gets an answer reads the state of
 *     the one it asked, which is what the answer says. Answers are bound to their requests, so a late one is a lost one. A sender may
 *     stop waiting at any time.
 *   - A database carries a request out at once or not at all, and its answer may be lost. That one is carried out late is in
 *     commit-protocol.pml; here it is a server that is slow. Fail-overs are there, too; a former primary is here where a rule is
 *     broken (NO_BARRIER), because it answers no barrier and so changes nothing where none is.
 *   - A handle is a number that no other transaction of that server has: a death makes a new one.
 *   - One holder: who is asked second is asked when the first has answered, so `point` is known to all who prepare. It is a part of the
 *     prepared branches' names.
 *   - Retention is no clock but what it stands for: while a superior (or a server between) asks for the decision, its row is kept.
 *     Patience, deadlines and other limits of time may be over at any moment.
 *   - Until `calm` R1 may take any holder for dead. What another peer sends, or a proxy, is refused and changes nothing, so it is here
 *     only where a rule is broken.
 *   - The word `calm` only takes from what may happen, so assertions are explored without it.
 *
 * BROKEN ON PURPOSE: each must make the check fail, in the shape that Model.java names. F, P and R are the design's rules; # its holes.
 *   NO_HANDLE               work and prepare reach whatever transaction of the flow is there                 F1
 *   NO_CALL_ID              a call that comes twice is carried out twice                                     F1
 *   LOST_WORK_GOES_ON       a call without an answer is forgiven                                             F2
 *   VOTE_EARLY              a gate says yes before its branches are prepared                                 F3
 *   FOLLOWER_FIRST          a follower is prepared before the holder has voted                               F4
 *   FOLLOW_FIRST            the same, by a holder that calls on                                              F4
 *   TELL_EARLY              a holder tells its followers before its own COMMIT PREPARED was answered         F5
 *   BELIEVE_ROLLBACK        a follower that has voted believes a rollback                                    F5a
 *   UNKNOWN_IS_NO           404 and 410 to a commit are taken for a no                                       F6
 *   PATIENT_FOLLOWER        a follower that has voted rolls back by itself                                   F7
 *   NO_PATIENCE             a holder waits for a dead superior                                               F7, settles
 *   NO_REAPER               work that nobody asks for has no deadline                                        F8, settles
 *   NO_TOMBSTONE            an ended flow is not remembered: late work begins it anew                        F9
 *   EAGER_FORGETTING        R3 without retention                                                             F10
 *   FORGET_UNASKED          R3 does not ask the followers' databases                                         F10
 *   FORGET_UNREAD           R3 asks them before it reads the row                                             F10
 *   FORGET_AT_HOLDER        a holder forgets without its superior's word, since it saw all followers commit  F10
 *   READS_SWAPPED           R2 reads the row before it asks whether the commit point is prepared             R2
 *   IMPORT_COMMITS          a callee's transaction manager commits what it imported by itself                section 1
 *   COMMITTED_IS_DONE       "committed" is taken for "done", so the superior has the row deleted             #1
 *   ROLLBACK_AFTER_PREPARE  a follower's gate that ends without knowing has its branch rolled back           #2
 *   NO_BARRIER              R2 believes a former primary, which has neither branch nor row                   #3
 *   FOREIGN_RESOURCE        a callee votes yes beside a resource that is not ours, which then says no        #5
 *   WORKS_ON                a call at work goes on after its transaction was ended                           #7
 *   BLIND_NO                "no row" is a no for one whose branch was ended by another instance              #8
 *   CLOCK_STEPS             a row is deleted by the database's clock                                         #9
 *   ANY_PEER_ANSWERS        any peer may say what the commit point's database has                            #10
 *   ANY_PEER_COMMITS        any peer may send the deciding commit                                            #10
 *   ANY_PEER_FORGETS        any peer may have a row deleted                                                  #10
 *   STATUS_IS_FACT          a proxy's 409 is taken for the holder's                                          #11
 *   GATE_KEEPS_ASKING       a follower's gate whose branch another instance has ended waits for a row that is forgotten   F7, settles
 *   ROUTER_ASKS_LATE        the retention counts for the superior alone, not for a server between       F6
 *   GONE_IS_DONE            a server that knows the handle no more is taken for done                         F10
 *   WAITS_FOR_ITSELF        a server waits for the vote of the one that waits for its own                    #20, settles
 *
 * The verifier is told the shape and the broken rule when it runs; told nothing, it explores all shapes:
 *   spin -a -DSAFETY flow.pml && gcc -DSAFETY -DNOCLAIM -o pan pan.c && SHAPE=CHAIN BROKEN=TELL_EARLY ./pan -m100000
 * A counterexample in words:
 *   spin -a -DSAFETY -DSHAPE=CHAIN -DBROKEN=TELL_EARLY flow.pml && gcc -DSAFETY -DNOCLAIM -o pan pan.c && ./pan -m100000
 *   && spin -t -DSAFETY -DSHAPE=CHAIN -DBROKEN=TELL_EARLY flow.pml
 */

/* --- what is explored: a shape, and perhaps a rule that is broken on purpose ------------------------------------------ */

#define TWO_CALLEES 1
#define HOLDING 2
#define FOLLOWING 3
#define CHAIN 4
#define SUB_FOLLOWER 5
#define ROUTER 6
#define DIAMOND 7
#define DIAMOND_TURNED 8
#define LOOP 9
#define FOLLOWING_ROUTER 10

#define NO_HANDLE 1
#define NO_CALL_ID 2
#define LOST_WORK_GOES_ON 3
#define FOLLOWER_FIRST 4
#define VOTE_EARLY 5
#define IMPORT_COMMITS 6
#define PATIENT_FOLLOWER 7
#define UNKNOWN_IS_NO 8
#define READS_SWAPPED 9
#define FORGET_UNASKED 10
#define FORGET_UNREAD 11
#define EAGER_FORGETTING 12
#define NO_TOMBSTONE 13
#define NO_REAPER 14
#define NO_PATIENCE 15
#define FOLLOW_FIRST 16
#define TELL_EARLY 17
#define FORGET_AT_HOLDER 18
#define BELIEVE_ROLLBACK 19
#define COMMITTED_IS_DONE 20
#define ROLLBACK_AFTER_PREPARE 21
#define NO_BARRIER 22
#define FOREIGN_RESOURCE 23
#define WORKS_ON 24
#define BLIND_NO 25
#define CLOCK_STEPS 26
#define ANY_PEER_COMMITS 27
#define ANY_PEER_FORGETS 28
#define ANY_PEER_ANSWERS 29
#define STATUS_IS_FACT 30
#define WAITS_FOR_ITSELF 31
#define GATE_KEEPS_ASKING 32
#define ROUTER_ASKS_LATE 33
#define GONE_IS_DONE 34

#define SHAPES told(now.shape, TWO_CALLEES) told(now.shape, HOLDING) told(now.shape, FOLLOWING) told(now.shape, CHAIN) \
    told(now.shape, SUB_FOLLOWER) told(now.shape, ROUTER) told(now.shape, DIAMOND) told(now.shape, DIAMOND_TURNED) told(now.shape, LOOP) \
    told(now.shape, FOLLOWING_ROUTER)
#define RULES told(broken, NO_HANDLE) told(broken, NO_CALL_ID) told(broken, LOST_WORK_GOES_ON) told(broken, FOLLOWER_FIRST) \
    told(broken, VOTE_EARLY) told(broken, IMPORT_COMMITS) told(broken, PATIENT_FOLLOWER) told(broken, UNKNOWN_IS_NO) \
    told(broken, READS_SWAPPED) told(broken, FORGET_UNASKED) told(broken, FORGET_UNREAD) told(broken, EAGER_FORGETTING) \
    told(broken, NO_TOMBSTONE) told(broken, NO_REAPER) told(broken, NO_PATIENCE) told(broken, FOLLOW_FIRST) \
    told(broken, TELL_EARLY) told(broken, FORGET_AT_HOLDER) told(broken, BELIEVE_ROLLBACK) told(broken, COMMITTED_IS_DONE) \
    told(broken, ROLLBACK_AFTER_PREPARE) told(broken, NO_BARRIER) told(broken, FOREIGN_RESOURCE) told(broken, WORKS_ON) \
    told(broken, BLIND_NO) told(broken, CLOCK_STEPS) told(broken, ANY_PEER_COMMITS) told(broken, ANY_PEER_FORGETS) \
    told(broken, ANY_PEER_ANSWERS) told(broken, STATUS_IS_FACT) told(broken, WAITS_FOR_ITSELF) \
    told(broken, GATE_KEEPS_ASKING) told(broken, ROUTER_ASKS_LATE) told(broken, GONE_IS_DONE)

#include "told.inc"

/* The bound: how often each server may die, and all of them together. */
#ifndef EACH
#define EACH 1
#endif
#ifndef DEATHS
#ifdef NO_DEATHS
#define DEATHS 0
#elif defined(SMALL) || !defined(SAFETY)
#define DEATHS 1
#else
#define DEATHS (shape == SUB_FOLLOWER || shape == DIAMOND || shape == DIAMOND_TURNED -> 2 : 3)
#endif
#endif

#define SERVERS 3
#define OWN 3
#define NOBODY 4
#define MEMBERS 3

hidden byte members[9];  /* of each server's transaction, in the order of enlistment: its own branch, servers that it calls */
hidden byte needed[SERVERS]; /* the pieces of work that make up the whole of its branch */
hidden byte calls = 1;       /* the superior calls server 1 twice */

#define member(s, m) members[3 * s + m]
#define hasOwn(s) (needed[s] != 0)

/* Pieces of work: the first call of the one parent, its second call, the call of the other parent. */
#define FIRST 1
#define SECOND 2
#define OTHER 4
#define TWICE 8

/* A call's edge: its callee, or 0 if it is the other parent's. */
#define edge(s, c) ((c == 1 && s == 2) -> 0 : c)
#define pieceOf(e) (e == 0 -> OTHER : FIRST)
#define calleeOf(e) (e == 0 && shape != LOOP -> 1 : e)

mtype = { NONE, OPEN, VOTING, VOTED, NOTHING, COMMITTING, COMMITTED, ROLLED_BACK, UNKNOWN };
mtype = { PREPARED, READ_ONLY };
mtype = { YES, NO, LOST, DONT_KNOW };
mtype = { COMMIT, ABORT };

/* The databases: all that survives. */
mtype branch[SERVERS] = NONE;
bool half[SERVERS];   /* prepared with half of the work, or with some of it twice */
byte point = NOBODY;  /* whose branch is the commit point: part of every prepared branch's name */
bool row = false;

/* The servers' memories. */
bool alive[SERVERS] = true;
mtype tx[SERVERS] = NONE;
byte handle[SERVERS] = 1;  /* of its transaction, or of the next: random, so each death makes it another */
byte seen[SERVERS];        /* calls */
byte busy[SERVERS];        /* the call at work */
byte work[SERVERS];
bool holds[SERVERS];       /* it was asked to hold the commit point */
bool isDone[SERVERS];
byte heard[SERVERS];       /* by a call's edge: the handle that the answer named */

/* Messages under way, by edge: they come late, never, or again and again. */
byte lateWork[SERVERS];    /* by callee: pieces */
byte latePrepare[SERVERS], lateCommit[SERVERS]; /* with this handle */
bool lateRollback[SERVERS];
bool lateForget = false;

/* The world. */
byte died[SERVERS];
bool calm = false;
mtype answer = NONE;

#define prepared(s) (branch[s] == PREPARED)
#define committed(s) (branch[s] == COMMITTED)
#define rolledBack(s) (branch[s] == ROLLED_BACK)
#define ready(s) (!hasOwn(s) || ((branch[s] == PREPARED && !half[s]) || branch[s] == READ_ONLY))
#define pointPrepared (point != NOBODY && branch[point] == PREPARED)
#define isDecided (point != NOBODY && branch[point] == COMMITTED)
#define noneCommitted (!committed(0) && !committed(1) && !committed(2))
#define noneRolledBack (!rolledBack(0) && !rolledBack(1) && !rolledBack(2))
#define isFollower(s) (prepared(s) && point != s)
#define silent (tx[0] != OPEN && tx[0] != VOTING && tx[0] != COMMITTING)
#define isSame(c, h) (handle[c] == h || (broken == NO_HANDLE && h != 0))

/* --- what a database does ---------------------------------------------------------------------------------------------- */

inline prepares(s) {
    printf("database %d: PREPARE\n", s);
    branch[s] = PREPARED;
    half[s] = (work[s] != needed[s]);
    if
    :: point == NOBODY -> point = s
    :: else
    fi
}

inline commits(s) {
    printf("database %d: COMMIT PREPARED\n", s);
    assert(noneRolledBack);
    assert(answer != NO);
    branch[s] = COMMITTED;
    if
    :: s == point ->
        branch[s] = PREPARED;
        assert(ready(0) && ready(1) && ready(2));
        branch[s] = COMMITTED;
        row = true
    :: else -> assert(isDecided)
    fi
}

inline rollsBack(s) {
    printf("database %d: ROLLBACK PREPARED\n", s);
    assert(noneCommitted);
    assert(answer != YES);
    branch[s] = ROLLED_BACK
}

/* --- a server's transaction -------------------------------------------------------------------------------------------- */

inline ends(s, how) {
    printf("server %d: its transaction ends, %e\n", s, how);
    assert(how != COMMITTED || isDecided);
    assert(how != ROLLED_BACK || tx[s] == OPEN || !isDecided); /* late work is none of the flow */
    tx[s] = how
}

/* Its own: P4. Of a follower whose PREPARE was sent nothing is sent, but at the superior, which knows that nobody was told to commit. */
inline rollsBackAt(s) {
    if
    :: prepared(s) && tx[s] != OPEN && (point == s || s == 0 || broken == ROLLBACK_AFTER_PREPARE) -> rollsBack(s)
    :: prepared(s) && tx[s] != OPEN && (point != s || !calm) /* or there is no answer */
    :: !prepared(s) || tx[s] == OPEN
    fi;
    ends(s, ROLLED_BACK);
    tellRollback(member(s, 0), s);
    tellRollback(member(s, 1), s);
    tellRollback(member(s, 2), s)
}

inline tellRollback(whom, s) {
    if
    :: whom < OWN && !calm -> lateRollback[edge(s, whom)] = true
    :: else
    fi
}

/* --- messages that arrive ------------------------------------------------------------------------------------------------ */

#define mayJoin(c, piece, h) (alive[c] && busy[c] == 0 && ( \
    (tx[c] == NONE && (h == 0 || broken == NO_HANDLE)) || \
    (tx[c] == ROLLED_BACK && h == 0 && broken == NO_TOMBSTONE) || \
    (tx[c] == OPEN && (h == 0 || isSame(c, h)) && ((seen[c] & piece) == 0 || broken == NO_CALL_ID))))

inline receivesWork(to, piece) {
    printf("server %d: call %d comes\n", to, piece);
    assert(tx[to] == NONE || tx[to] == OPEN);
    tx[to] = OPEN;
    seen[to] = seen[to] | piece;
    if
    :: to == 0 -> does(to, piece)
    :: else -> busy[to] = piece
    fi
}

inline does(s, piece) {
    if
    :: (work[s] & piece) != 0 -> work[s] = work[s] | TWICE
    :: else -> work[s] = work[s] | piece
    fi
}

inline receivesPrepare(to, h) {
    if
    :: alive[to] && tx[to] == OPEN && isSame(to, h) ->
        if
        :: busy[to] != 0 -> rollsBackAt(to)
        :: else -> printf("server %d: prepare comes\n", to); holds[to] = (point == NOBODY || point == to); tx[to] = VOTING
        fi
    :: else
    fi
}

inline receivesCommit(to, h) {
    if
    :: alive[to] && tx[to] == VOTED && isSame(to, h) -> printf("server %d: commit comes\n", to); tx[to] = COMMITTING
    :: else
    fi
}

inline receivesRollback(to) {
    if
    :: alive[to] && tx[to] == NONE -> tx[to] = ROLLED_BACK
    :: alive[to] && (tx[to] == OPEN || tx[to] == VOTING || (tx[to] == VOTED && holds[to])) -> rollsBackAt(to)
    :: alive[to] && tx[to] == VOTED && !holds[to] && broken == BELIEVE_ROLLBACK ->
        if
        :: prepared(to) -> rollsBack(to)
        :: else
        fi
    :: else
    fi
}

inline receivesForget() {
    if
    :: point != NOBODY && alive[point] && tx[point] == COMMITTED -> row = false
    :: else
    fi
}

/* --- messages that are sent ---------------------------------------------------------------------------------------------- */

/* F1, F2: reply is YES, NO or LOST. */
inline call(s, to, piece, h) {
    atomic {
        if
        :: mayJoin(to, piece, h) -> receivesWork(to, piece); mine = handle[to]; reply = NONE
        :: alive[to] && !mayJoin(to, piece, h) -> reply = NO
        :: !calm || !alive[to] -> reply = LOST
        fi;
        if
        :: !calm -> lateWork[to] = lateWork[to] | piece
        :: else
        fi
    }
    if
    :: reply != NONE
    :: atomic { reply == NONE && alive[to] && handle[to] == mine && busy[to] != piece && tx[to] == OPEN ->
            reply = YES; heard[edge(s, to)] = mine }
    :: atomic { reply == NONE && (!alive[to] || handle[to] != mine || (busy[to] != piece && tx[to] != OPEN)) -> reply = NO }
    :: atomic { reply == NONE && !calm -> reply = LOST }
    fi;
    mine = 0
}

/* F3, F4. */
inline prepareOwn(s) {
    if
    :: tx[s] != VOTING && broken != VOTE_EARLY -> vote = NO
    :: (tx[s] == VOTING || broken == VOTE_EARLY) && branch[s] != NONE -> vote = NO /* a name that comes twice */
    :: (tx[s] == VOTING || broken == VOTE_EARLY) && branch[s] == NONE ->
        if
        :: prepares(s); vote = YES; yes = yes | (1 << m)
        :: printf("database %d: wrote nothing\n", s); branch[s] = READ_ONLY
        :: vote = NO
        :: !calm -> prepares(s); vote = NO
        fi
    fi
}

inline prepareAt(s) {
    atomic {
        if
        :: !calm -> latePrepare[e] = heard[e]
        :: else
        fi
    }
    do
    :: atomic { c != 0 && alive[c] && isSame(c, heard[e]) && (tx[c] == VOTED || tx[c] == COMMITTING || tx[c] == COMMITTED) ->
            vote = YES; yes = yes | (1 << m); break }
    :: c != 0 && alive[c] && isSame(c, heard[e]) && tx[c] == NOTHING -> break
    :: atomic { !alive[c] || !isSame(c, heard[e]) || tx[c] == NONE || tx[c] == ROLLED_BACK || tx[c] == UNKNOWN ->
            vote = NO; break }
    :: atomic { c == 0 && tx[0] != VOTING -> vote = NO; break }
    :: c == 0 && tx[0] == VOTING && broken != WAITS_FOR_ITSELF -> break
    :: atomic { !calm -> vote = NO; break }
    :: atomic { calm && c != 0 && tx[c] == OPEN && isSame(c, heard[e]) -> receivesPrepare(c, heard[e]) }
    od
}

#define isReversed(s) ((broken == FOLLOWER_FIRST && s == 0) || (broken == FOLLOW_FIRST && s == 1))

#define asked(s, m) (isReversed(s) -> member(s, (2 - m)) : member(s, m))

inline phaseOne(s) {
    atomic {
        vote = NOTHING;
        yes = 0;
        if
        :: isReversed(s) -> point = 1
        :: else
        fi
    }
    do
    :: atomic { m < MEMBERS && vote != NO && asked(s, m) == OWN -> prepareOwn(s); m++ }
    :: atomic { m < MEMBERS && vote != NO && asked(s, m) == NOBODY -> m++ }
    :: atomic { m < MEMBERS && vote != NO && asked(s, m) < OWN -> c = asked(s, m); e = edge(s, c) }
        prepareAt(s);
        atomic { m++; c = 0; e = 0 }
    :: atomic { m == MEMBERS || vote == NO -> m = 0; break }
    od
}

/* F6, as P2's look: first whether the commit point is prepared, then the row. Within the retention "no row" is a no. */
inline look() {
    if
    :: pointPrepared
    :: !calm
    :: !pointPrepared ->
        if
        :: atomic { row -> outcome = COMMIT }
        :: atomic { !row -> outcome = ABORT }
        :: !calm
        fi
    fi
}

inline commitOwn(s) {
    if
    :: point == s ->
        do
        :: atomic { prepared(s) -> commits(s); outcome = COMMIT; break }
        :: atomic { committed(s) && row -> outcome = COMMIT; break }
        :: atomic { !prepared(s) && !row -> outcome = ABORT; break }
        :: atomic { !calm && s == 0 -> done = false; break }
        od
    :: atomic { point != s && prepared(s) -> commits(s) }
    :: point != s && !prepared(s)
    :: atomic { point != s && !calm -> done = false } /* pending */
    fi
}

inline commitAt(s) {
    atomic {
        if
        :: !calm -> lateCommit[e] = heard[e]
        :: else
        fi
    }
    do
    :: atomic { alive[c] && isSame(c, heard[e]) && tx[c] == COMMITTED ->
            outcome = COMMIT;
            done = done && (isDone[c] || broken == COMMITTED_IS_DONE);
            break }
    :: atomic { alive[c] && isSame(c, heard[e]) && tx[c] == ROLLED_BACK && outcome == UNKNOWN -> outcome = ABORT; break }
    :: atomic { alive[c] && (!isSame(c, heard[e]) || tx[c] == NONE || tx[c] == UNKNOWN) -> /* 410, 202: no fact */
            done = false;
            if
            :: outcome == UNKNOWN && broken == UNKNOWN_IS_NO -> outcome = ABORT
            :: else
            fi;
            break }
    :: atomic { !alive[c] || !calm -> done = false; break } /* no answer */
    :: atomic { !calm && outcome == UNKNOWN && broken == STATUS_IS_FACT -> outcome = ABORT; break } /* a proxy's 409 */
    :: atomic { calm && tx[c] == VOTED && isSame(c, heard[e]) -> receivesCommit(c, heard[e]) }
    od;
    if
    :: outcome == UNKNOWN -> look()
    :: else
    fi
}

#define turn(s, m) (broken == TELL_EARLY && s == 1 -> 2 - m : m)
#define toldBy(s, m) member(s, (turn(s, m)))
#define voted(s, m) ((yes & (1 << (turn(s, m)))) != 0)

/* P2, P3, F5: those that voted yes, in their order; so the commit point comes first. The outcome is UNKNOWN until it has answered. */
inline phaseTwo(s) {
    done = true;
    do
    :: atomic { m < MEMBERS && outcome != ABORT && !voted(s, m) -> m++ }
    :: m < MEMBERS && outcome != ABORT && voted(s, m) && toldBy(s, m) == OWN -> 
        commitOwn(s);
        m = (outcome == UNKNOWN -> MEMBERS : m + 1)
    :: atomic { m < MEMBERS && outcome != ABORT && voted(s, m) && toldBy(s, m) < OWN -> c = toldBy(s, m); e = edge(s, c) }
        commitAt(s);
        if
        :: outcome != UNKNOWN -> m++
        :: outcome == UNKNOWN && !calm /* again */
        :: outcome == UNKNOWN -> m = MEMBERS
        fi
    :: atomic { m == MEMBERS || outcome == ABORT -> m = 0; c = 0; e = 0; break }
    od
}

/* --- the superior ----------------------------------------------------------------------------------------------------------- */

proctype Superior() {
    byte m, c, e, mine, yes;
    mtype vote = NONE, outcome = UNKNOWN, reply = NONE;
    bool done = true;

    {
        atomic { tx[0] = OPEN; reply = YES }
        do
        :: atomic { m < MEMBERS && reply == YES && member(0, m) == OWN ->
                if
                :: (needed[0] & FIRST) != 0 -> does(0, FIRST)
                :: else
                fi;
                m++ }
        :: atomic { m < MEMBERS && reply == YES && member(0, m) == NOBODY -> m++ }
        :: atomic { m < MEMBERS && reply == YES && member(0, m) < OWN -> c = member(0, m) }
            call(0, c, FIRST, 0);
            atomic {
                if
                :: reply == LOST && broken == LOST_WORK_GOES_ON -> reply = YES
                :: else
                fi;
                m++
            }
        :: m == MEMBERS || reply != YES -> break
        od;
        atomic { m = 0; c = 0 }
        if
        :: calls == 2 && reply == YES -> call(0, 1, SECOND, heard[1])
        :: else
        fi;
        if
        :: reply == LOST && broken == LOST_WORK_GOES_ON
        :: atomic { reply != YES && (reply != LOST || broken != LOST_WORK_GOES_ON) -> goto roll_back }
        :: reply == YES
        fi;

        atomic {
            reply = NONE;
            if
            :: tx[0] == OPEN -> tx[0] = VOTING
            :: else -> goto roll_back
            fi
        }
        phaseOne(0);
        atomic {
            if
            :: vote == YES && tx[0] == VOTING -> printf("superior: all have voted yes\n"); tx[0] = COMMITTING; holds[0] = true
            :: vote == NOTHING && tx[0] == VOTING -> answer = YES; tx[0] = NOTHING; goto over
            :: else -> goto roll_back
            fi;
            vote = NONE
        }

        phaseTwo(0);
        atomic {
            if
            :: outcome == COMMIT -> printf("client: yes\n"); answer = YES; assert(isDecided && noneRolledBack); ends(0, COMMITTED);
                if
                :: done && point == 0 -> row = false
                :: done && point != 0 && !calm -> lateForget = true
                :: done && point != 0 && calm -> receivesForget()
                :: !done
                fi
            :: outcome == ABORT -> goto roll_back
            :: outcome == UNKNOWN -> printf("client: unknown\n"); answer = DONT_KNOW; tx[0] = UNKNOWN
            fi;
            goto over
        }
    roll_back:
        atomic { printf("client: no\n"); answer = NO; assert(noneCommitted); rollsBackAt(0) }
    over:
        m = 0; yes = 0; vote = NONE; reply = NONE; outcome = UNKNOWN; done = true;
    end:
        false
    } unless {
        atomic { !alive[0] -> m = 0; c = 0; e = 0; yes = 0; mine = 0; vote = NONE; reply = NONE; outcome = UNKNOWN; done = true }
    };
    alive[0] = true
}

/* --- a callee: its gate and its worker ---------------------------------------------------------------------------------- */

inline statement(s) {
    if
    :: tx[s] == OPEN && hasOwn(s) -> does(s, busy[s])
    :: tx[s] != OPEN && hasOwn(s) && broken == WORKS_ON -> assert(isDecided) /* commits by itself */
    :: else
    fi
}

proctype Callee(byte s) {
    byte m, c, e, mine, yes;
    mtype vote = NONE, outcome = UNKNOWN, reply = NONE;
    bool done = true;

endOrAgain:
    {
    end:
        do
        :: atomic { busy[s] != 0 -> /* a call of the flow is at work */
                statement(s);
                reply = YES;
                m = (busy[s] == FIRST -> 0 : MEMBERS) }
            do
            :: atomic { m < MEMBERS && member(s, m) >= OWN -> m++ }
            :: atomic { m < MEMBERS && member(s, m) < OWN -> c = member(s, m); e = edge(s, c) }
                call(s, c, pieceOf(e), 0);
                atomic {
                    if
                    :: reply == YES -> m++
                    :: else -> m = MEMBERS
                    fi
                }
            :: m == MEMBERS -> break
            od;
            atomic {
                busy[s] = 0;
                m = 0; c = 0; e = 0;
                if
                :: reply != YES && tx[s] == OPEN -> rollsBackAt(s) /* F2 */
                :: else
                fi;
                reply = NONE
            }

        :: tx[s] == VOTING ->
            atomic {
                if
                :: broken == VOTE_EARLY -> tx[s] = VOTED
                :: else
                fi
            }
            phaseOne(s);
            atomic {
                if
                :: vote != NO && tx[s] == VOTING -> tx[s] = (vote == YES -> VOTED : NOTHING)
                :: (vote == NO || tx[s] == ROLLED_BACK) -> rollsBackAt(s)
                :: else
                fi;
                vote = NONE
            }

        :: atomic { tx[s] == COMMITTING -> outcome = (holds[s] -> UNKNOWN : COMMIT) }
            phaseTwo(s);
            atomic {
                if
                :: outcome == COMMIT -> isDone[s] = done; ends(s, COMMITTED);
                    if
                    :: broken == FORGET_AT_HOLDER && done && point == s -> row = false
                    :: broken == FOREIGN_RESOURCE -> assert(noneCommitted)
                    :: else
                    fi
                :: outcome == ABORT -> rollsBackAt(s)
                :: outcome == UNKNOWN -> tx[s] = UNKNOWN
                fi;
                outcome = UNKNOWN;
                yes = 0;
                done = true
            }

        /* F7. */
        :: atomic { tx[s] == VOTED && holds[s] && (!calm || silent) && broken != NO_PATIENCE -> rollsBackAt(s) }
        :: atomic { tx[s] == VOTED && !holds[s] && !prepared(s) && !pointPrepared && (row || broken != GATE_KEEPS_ASKING) ->
                if
                :: row -> ends(s, COMMITTED)
                :: !row && broken == BLIND_NO -> ends(s, ROLLED_BACK)
                :: else -> ends(s, UNKNOWN)
                fi }
        :: atomic { tx[s] == VOTED && !holds[s] && !calm -> /* its gate ends without knowing */
                if
                :: prepared(s) && broken == PATIENT_FOLLOWER -> rollsBack(s)
                :: prepared(s) && broken == ROLLBACK_AFTER_PREPARE -> rollsBack(s)
                :: else
                fi;
                ends(s, UNKNOWN) }
        od
    } unless {
        atomic { !alive[s] -> m = 0; c = 0; e = 0; yes = 0; mine = 0; vote = NONE; reply = NONE; outcome = UNKNOWN; done = true }
    };
    alive[s] = true;
    goto endOrAgain
}

/* --- the resolver of a database ------------------------------------------------------------------------------------------- */

#define believedDead(s) (!calm || (alive[s] && (tx[s] == NONE || tx[s] == ROLLED_BACK)))
#define isAnswered(s) (!calm || (alive[s] && alive[point]))
#define asks(s) (tx[s] == COMMITTING && holds[s] && (broken != ROUTER_ASKS_LATE || s == 0))
#define retained ((asks(0) || asks(1) || asks(2)) \
    && broken != EAGER_FORGETTING && broken != CLOCK_STEPS)
#define somePrepared ((isFollower(0) || isFollower(1) || isFollower(2)) && broken != FORGET_UNASKED)

/* Acts upon what was read, however late. */
inline settle(s) {
    atomic {
        if
        :: verdict == COMMIT && prepared(s) -> commits(s)
        :: verdict == ABORT && prepared(s) -> rollsBack(s)
        :: else
        fi;
        if
        :: verdict != NONE && alive[s] && tx[s] == VOTED && !prepared(s) -> ends(s, (verdict == COMMIT -> COMMITTED : ROLLED_BACK))
        :: true
        fi;
        verdict = NONE
    }
}

proctype Resolver(byte s) {
    mtype verdict = NONE;
end:
    do
    /* R1; the superior's own commit point as it decided. */
    :: atomic { point == s && prepared(s) && believedDead(s) -> rollsBack(s) }
    :: atomic { point == s && prepared(s) && tx[s] == UNKNOWN && alive[s] -> commits(s) }

    /* R2. */
    :: isFollower(s) && !pointPrepared && isAnswered(s) && broken != READS_SWAPPED ->
        if
        :: atomic { row -> verdict = COMMIT }
        :: atomic { !row -> verdict = ABORT }
        :: !calm
        fi;
        settle(s)
    :: isFollower(s) && broken == READS_SWAPPED && !row ->
        if
        :: atomic { !pointPrepared -> verdict = ABORT }
        :: pointPrepared
        fi;
        settle(s)
    :: atomic { isFollower(s) && broken == READS_SWAPPED && row -> verdict = COMMIT }
        settle(s)
    :: atomic { isFollower(s) && !calm && (broken == NO_BARRIER || broken == ANY_PEER_ANSWERS) -> verdict = ABORT }
        settle(s)

    /* R3. */
    :: atomic { point == s && row && !retained && !somePrepared && (!calm || alive[s]) && broken != FORGET_UNREAD -> row = false }
    :: point == s && !somePrepared && broken == FORGET_UNREAD ->
        atomic {
            if
            :: row && !retained -> row = false
            :: else
            fi
        }
    od
}

/* --- the world ------------------------------------------------------------------------------------------------------------- */

inline dies(s) {
    printf("server %d dies\n", s);
    died[s]++;
    alive[s] = false;
    tx[s] = NONE;
    handle[s]++;
    seen[s] = 0;
    busy[s] = 0;
    work[s] = 0;
    holds[s] = false;
    isDone[s] = false;
    if
    :: s == 1 -> heard[2] = 0; heard[0] = 0
    :: s == 2 -> heard[0] = 0
    :: else
    fi
}

#define mayDie(s) (!calm && alive[s] && died[s] < EACH && died[0] + died[1] + died[2] < DEATHS)

/* F10: who was not done is told again to commit, and says some time that it is. What a server says is true for good. */
#define isGone(c, h) (broken == GONE_IS_DONE && alive[c] && !isSame(c, h))
#define saysDone(s, c) (isGone(c, heard[edge(s, c)]) \
    || (alive[c] && isSame(c, heard[edge(s, c)]) && (tx[c] == NOTHING || (tx[c] == COMMITTED && isDone[c]))))
#define isThrough(s, m) (member(s, m) == NOBODY \
    || (member(s, m) == OWN && (committed(s) || branch[s] == READ_ONLY)) \
    || (member(s, m) < OWN && saysDone(s, member(s, m))))
#define isAllThrough(s) (alive[s] && tx[s] == COMMITTED && isThrough(s, 0) && isThrough(s, 1) && isThrough(s, 2))

proctype Network() {
end:
    do
#ifndef SAFETY
    :: calm /* time goes on: where all wait for each other there would else be no endless run in which the formula is untrue */
#endif
    /* What is late comes, perhaps again. */
    :: atomic { (lateWork[1] & FIRST) != 0 && mayJoin(1, FIRST, 0) -> receivesWork(1, FIRST) }
    :: atomic { (lateWork[1] & SECOND) != 0 && mayJoin(1, SECOND, heard[1]) -> receivesWork(1, SECOND) }
    :: atomic { (lateWork[1] & OTHER) != 0 && mayJoin(1, OTHER, 0) -> receivesWork(1, OTHER) }
    :: atomic { (lateWork[2] & FIRST) != 0 && mayJoin(2, FIRST, 0) -> receivesWork(2, FIRST) }
    :: atomic { (lateWork[0] & OTHER) != 0 && mayJoin(0, OTHER, 0) -> receivesWork(0, OTHER) }
    :: atomic { latePrepare[0] != 0 && shape != LOOP && tx[1] == OPEN -> receivesPrepare(1, latePrepare[0]) }
    :: atomic { latePrepare[1] != 0 && tx[1] == OPEN -> receivesPrepare(1, latePrepare[1]) }
    :: atomic { latePrepare[2] != 0 && tx[2] == OPEN -> receivesPrepare(2, latePrepare[2]) }
    :: atomic { lateCommit[0] != 0 && tx[1] == VOTED -> receivesCommit(1, lateCommit[0]) }
    :: atomic { lateCommit[1] != 0 && tx[1] == VOTED -> receivesCommit(1, lateCommit[1]) }
    :: atomic { lateCommit[2] != 0 && tx[2] == VOTED -> receivesCommit(2, lateCommit[2]) }
    :: atomic { lateRollback[0] -> receivesRollback(calleeOf(0)) }
    :: atomic { lateRollback[1] -> receivesRollback(1) }
    :: atomic { lateRollback[2] -> receivesRollback(2) }
    :: atomic { lateForget && row -> receivesForget() }
    :: atomic { row && point != NOBODY && point != 0 && isAllThrough(0) -> receivesForget() }
    :: atomic { row && point != NOBODY && !isDone[1] && isAllThrough(1) -> isDone[1] = true }
    :: atomic { row && point != NOBODY && !isDone[2] && isAllThrough(2) -> isDone[2] = true }

    /* What a broken rule lets happen. */
    :: atomic { broken == IMPORT_COMMITS && prepared(1) && (tx[1] == VOTED || tx[1] == NONE) -> commits(1) }
    :: atomic { broken == ANY_PEER_COMMITS && tx[1] == VOTED -> receivesCommit(1, handle[1]) }
    :: atomic { broken == ANY_PEER_FORGETS && row -> row = false }
    od
}

proctype Fate() {
    byte i;
end:
    do
    /* F8. */
    :: atomic { tx[0] == OPEN && broken != NO_REAPER -> rollsBackAt(0) }
    :: atomic { tx[1] == OPEN && broken != NO_REAPER -> rollsBackAt(1) }
    :: atomic { tx[2] == OPEN && broken != NO_REAPER -> rollsBackAt(2) }

    :: atomic { mayDie(0) -> dies(0) }
    :: atomic { mayDie(1) -> dies(1) }
    :: atomic { mayDie(2) -> dies(2) }
    :: atomic { !calm && mayCalm -> printf("calm\n"); calm = true;
            for (i : 0 .. 2) { lateWork[i] = 0; latePrepare[i] = 0; lateCommit[i] = 0; lateRollback[i] = false };
            lateForget = false; i = 0 }
    od
}

inline server(s, first, second, third, pieces) {
    members[3 * s] = first;
    members[3 * s + 1] = second;
    members[3 * s + 2] = third;
    needed[s] = pieces
}

init {
    atomic {
        hear();
        if
        :: isShape(TWO_CALLEES) -> shape = TWO_CALLEES; calls = 2;
            server(0, 1, 2, NOBODY, 0); server(1, OWN, NOBODY, NOBODY, FIRST + SECOND); server(2, OWN, NOBODY, NOBODY, FIRST)
        :: isShape(HOLDING) -> shape = HOLDING; calls = 1;
            server(0, OWN, 1, NOBODY, FIRST); server(1, OWN, NOBODY, NOBODY, FIRST); server(2, NOBODY, NOBODY, NOBODY, 0)
        :: isShape(FOLLOWING) -> shape = FOLLOWING; calls = 1;
            server(0, 1, OWN, NOBODY, FIRST); server(1, OWN, NOBODY, NOBODY, FIRST); server(2, NOBODY, NOBODY, NOBODY, 0)
        :: isShape(CHAIN) -> shape = CHAIN; calls = 2;
            server(0, 1, NOBODY, NOBODY, 0); server(1, OWN, 2, NOBODY, FIRST + SECOND); server(2, OWN, NOBODY, NOBODY, FIRST)
        :: isShape(SUB_FOLLOWER) -> shape = SUB_FOLLOWER; calls = 1;
            server(0, OWN, 1, NOBODY, FIRST); server(1, OWN, 2, NOBODY, FIRST); server(2, OWN, NOBODY, NOBODY, FIRST)
        :: isShape(ROUTER) -> shape = ROUTER; calls = 1;
            server(0, 1, NOBODY, NOBODY, 0); server(1, 2, NOBODY, NOBODY, 0); server(2, OWN, NOBODY, NOBODY, FIRST)
        :: isShape(FOLLOWING_ROUTER) -> shape = FOLLOWING_ROUTER; calls = 1;
            server(0, OWN, 1, NOBODY, FIRST); server(1, 2, NOBODY, NOBODY, 0); server(2, OWN, NOBODY, NOBODY, FIRST)
        :: isShape(DIAMOND) -> shape = DIAMOND; calls = 1;
            server(0, 1, 2, NOBODY, 0); server(1, OWN, NOBODY, NOBODY, FIRST + OTHER); server(2, OWN, 1, NOBODY, FIRST)
        :: isShape(DIAMOND_TURNED) -> shape = DIAMOND_TURNED; calls = 1;
            server(0, 2, 1, NOBODY, 0); server(1, OWN, NOBODY, NOBODY, FIRST + OTHER); server(2, OWN, 1, NOBODY, FIRST)
        :: isShape(LOOP) -> shape = LOOP; calls = 1;
            server(0, 1, OWN, NOBODY, OTHER); server(1, OWN, 0, NOBODY, FIRST); server(2, NOBODY, NOBODY, NOBODY, 0)
        fi;
        run Superior();
        run Callee(1);
        run Callee(2);
        run Resolver(0);
        run Resolver(1);
        run Resolver(2);
        run Network();
        run Fate()
    }
}

#define isOver(s) (branch[s] != PREPARED && tx[s] != OPEN && tx[s] != VOTING && tx[s] != VOTED && tx[s] != COMMITTING)
ltl settles { <> [] (isOver(0) && isOver(1) && isOver(2) && !row) }
