package dev.lockstep.participant.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.Limits;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.flow.Order.Follow;
import dev.lockstep.participant.flow.Order.Hold;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.Vote;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What a superior asks of the servers that it has called, and what it makes of their votes. */
class CalledServerTest {

    private static final GlobalId HERE = id("12345678here,server,P100");
    private static final GlobalId THERE = id("12345678there,server,P100");
    private static final ParticipantId PRODUCT = new ParticipantId("product", 1, 5, 6);
    private static final ParticipantId ORDERS = new ParticipantId("orders", 2, 5, 6);
    private static final Vote YES = new Vote.Prepared(THERE, PRODUCT, Duration.ofHours(1));
    private static final Duration ANY = Duration.ofSeconds(1);

    private final List<GlobalTransaction> over = new ArrayList<>();
    private final GlobalTransaction transaction = new GlobalTransaction(HERE, List::of, over::add);
    private final SecondPhase secondPhase = new SecondPhase(new LocalTransactions());

    private static GlobalId id(String bytes) {
        return new GlobalId(GlobalId.JTS_FORMAT + "_"
                + Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A server that has named a database. */
    private CalledServer call(ParticipantId database) throws Exception {
        return transaction.enlist(
                new Subordinate() {
                    @Override
                    public Set<ParticipantId> databases() {
                        return Set.of(database);
                    }

                    @Override
                    public int prepare() {
                        return XAResource.XA_OK;
                    }

                    @Override
                    public String toString() {
                        return database.name();
                    }
                },
                secondPhase);
    }

    private Branch branch(ParticipantId database) throws Exception {
        return transaction.enlist(
                ParticipantDatabase.of(database, null, new PGSimpleDataSource(), new Limits(ANY, ANY, ANY, ANY)),
                null,
                () -> XAResource.XA_OK);
    }

    private static void assertNo(int code, String words, ThrowingCallable action) {
        assertThatExceptionOfType(XAException.class)
                .isThrownBy(action)
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.errorCode).isEqualTo(code));
    }

    @Test
    void firstServer_isAskedToHold_andTheNextToFollow() throws Exception {
        CalledServer product = call(PRODUCT);
        CalledServer orders = call(ORDERS);
        assertThat(product.order()).isEqualTo(new Hold(Set.of(ORDERS), "1"));
        product.voted(YES);
        assertThat(product.isHolder()).isTrue();
        assertThat(orders.order()).isEqualTo(new Follow(THERE, PRODUCT, "2"));
        orders.voted(YES);
        assertThat(orders.isHolder()).isFalse();
        assertThat(List.of(product.order(), orders.order()))
                .as("asked again")
                .containsExactly(new Hold(Set.of(ORDERS), "1"), new Follow(THERE, PRODUCT, "2"));
    }

    @Test
    void followerBeforeTheHoldersYes_isNotAsked() throws Exception {
        CalledServer product = call(PRODUCT);
        CalledServer orders = call(ORDERS);
        product.order();
        assertNo(XAException.XA_RBPROTO, "before its commit point the server product", orders::order);
    }

    @Test
    void serverThatWroteNothing_isOver_andTheNextHolds() throws Exception {
        CalledServer product = call(PRODUCT);
        CalledServer orders = call(ORDERS);
        product.order();
        product.voted(new Vote.Nothing());
        assertThat(orders.order()).isEqualTo(new Hold(Set.of(), "2"));
        orders.over(false);
        assertThat(over).containsExactly(transaction);
    }

    @Test
    void voteThatNobodyAskedFor_isANo() throws Exception {
        CalledServer product = call(PRODUCT);
        assertNo(XAException.XA_RBPROTO, "was not asked", () -> product.voted(YES));
        assertNo(XAException.XA_RBROLLBACK, "failed", product::order);
    }

    /** Its branches would be settled by a decision that nobody here makes. */
    @Test
    void holderInADatabaseThatWasNotNamed_isANo() throws Exception {
        CalledServer orders = call(ORDERS);
        orders.order();
        assertNo(XAException.XA_RBPROTO, "is no answer to Hold", () -> orders.voted(YES));
        assertThat(orders.isPrepared()).isFalse();
    }

    @Test
    void followerThatBearsAnotherDecision_isANo() throws Exception {
        CalledServer product = call(PRODUCT);
        CalledServer orders = call(ORDERS);
        product.order();
        product.voted(YES);
        orders.order();
        assertNo(
                XAException.XA_RBPROTO,
                "is no answer to Follow",
                () -> orders.voted(new Vote.Prepared(HERE, PRODUCT, Duration.ZERO)));
        assertNo(
                XAException.XA_RBPROTO,
                "is no answer to Follow",
                () -> orders.voted(new Vote.Prepared(THERE, ORDERS, Duration.ZERO)));
    }

    @Test
    void yes_thatBecomesNothing_isANo() throws Exception {
        CalledServer product = call(PRODUCT);
        product.order();
        product.voted(YES);
        product.voted(YES);
        assertNo(XAException.XA_RBPROTO, "has voted yes, and now", () -> product.voted(new Vote.Nothing()));
    }

    @Test
    void ownBranches_followAServer_andServersABranch() throws Exception {
        Branch reading = branch(ORDERS);
        CalledServer product = call(PRODUCT);
        Branch writing = branch(ORDERS);
        transaction.prepare(reading);
        transaction.readOnly(reading);
        reading.over(true);
        assertThat(product.order()).isEqualTo(new Hold(Set.of(ORDERS), "1"));
        product.voted(YES);
        transaction.prepare(writing);
        assertThat(writing.id().gid()).startsWith(THERE.text());
        assertThat(writing.id().qualifier()).startsWith("F0-1.product.");
    }

    /** F6: how long the row is kept was told with the vote. */
    @Test
    void missingRow_tellsTheSuperiorSomething_inTheFirstHalfOfTheHoldersRetention() throws Exception {
        CalledServer product = call(PRODUCT);
        product.order();
        product.voted(new Vote.Prepared(THERE, PRODUCT, Duration.ofNanos(2)));
        assertThat(transaction.mayConcludeFromMissingRow()).isFalse();

        GlobalTransaction next = new GlobalTransaction(HERE, List::of, over::add);
        assertThat(next.mayConcludeFromMissingRow()).as("nobody was asked").isFalse();
    }

    /** Scenario: the holder has not said that all is done when it is over. Expected outcome: it may say so later. */
    @Test
    void doneThatIsSaidLater_isDone() throws Exception {
        CalledServer product = call(PRODUCT);
        product.order();
        product.voted(YES);
        product.over(false);
        assertThat(product.isAllDone()).isFalse();
        product.done();
        assertThat(product.isAllDone()).isTrue();
    }

    @Test
    void commit_isSentToTheHolderAlone_andIsTheDecision() throws Exception {
        CalledServer product = call(PRODUCT);
        CalledServer orders = call(ORDERS);
        product.order();
        product.voted(YES);
        assertNo(XAException.XAER_PROTO, "the commit point is not there", orders::committing);
        assertThat(transaction.isDecidedToCommit()).isFalse();
        product.committing();
        assertThat(transaction.isDecidedToCommit()).isTrue();
        assertThat(product.learn(Outcome.COMMIT)).isEqualTo(Outcome.COMMIT);
        assertThat(orders.outcome()).isEqualTo(Outcome.COMMIT);
        assertThat(orders.isAllDone()).isFalse();
        product.over(true);
        orders.over(true);
        assertThat(orders.isAllDone()).isTrue();
    }

    @Test
    void tooManyServers_areRefused() throws Exception {
        for (int i = 0; i < 99; i++) {
            call(ORDERS);
        }
        assertNo(XAException.XAER_INVAL, "has 99 such already", () -> call(ORDERS));
    }

    @Test
    void serverThatIsTooDeep_isANo() throws Exception {
        Gate gate = new Gate(transaction, secondPhase);
        transaction.enter(gate);
        List<String> words = new ArrayList<>();
        transaction.enlist(
                new Subordinate() {
                    @Override
                    public Set<ParticipantId> databases() {
                        return Set.of();
                    }

                    @Override
                    public int prepare() throws XAException {
                        words.add(((CalledServer) transaction.members().get(0))
                                .order()
                                .path());
                        return XAResource.XA_OK;
                    }
                },
                secondPhase);
        assertNo(
                XAException.XA_RBROLLBACK,
                "limit is 12 characters",
                () -> gate.prepare(new Hold(Set.of(), "11-11-11-11")));
        assertThat(words).isEmpty();
        assertNo(XAException.XA_RBROLLBACK, "limit is 12 characters", () -> gate.prepare(new Hold(Set.of(), "1")));
    }
}
