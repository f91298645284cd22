package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/** A coordinator's name is unique, and its lock is how others learn that it lives. */
class CoordinatorNameIT extends ProtocolFixture {

    private static final String NAME = "shop,server,P100";

    @Test
    void secondOfTheSameName_isRefused_andToldWhoHoldsIt() throws Exception {
        node.product(node.begin()).end().rollback();
        try (Node second = new Node(NAME).withPools()) {
            assertXaError(XAException.XAER_RMERR, () -> second.product(second.begin()))
                    .withMessageContaining(
                            "The coordinator name " + NAME + " is taken in the database product by server process")
                    .withMessageContaining("xa-servername");
        }
    }

    @Test
    void nameIsFree_whenItsHolderIsDead() throws Exception {
        node.product(node.begin()).end().rollback();
        node.close();
        await("the server notices", () -> holders().isEmpty());
        node = new Node(NAME).withPools();
        node.product(node.begin()).end().rollback();
        assertThat(holders()).matches("[0-9]+");
    }

    @Test
    void lostLock_isTakenAgain() throws Exception {
        node.product(node.begin()).end().rollback();
        String lost = holders();
        productDatabase.execute("SELECT pg_terminate_backend(" + lost + ", 5000)");
        await("taken again", () -> !holders().isEmpty() && !holders().equals(lost));
        node.product(node.begin()).end().rollback();
    }

    /** Scenario: our connection broke, and the server has not noticed. Expected outcome: our own old session is no stranger. */
    @Test
    void lockOfAnOwnSessionThatTheServerStillBelievesIn_isTakenOver() throws Exception {
        node.product(node.begin()).end().rollback();
        String lost = holders();
        node.toProduct.resetClients();
        await("taken again", () -> !holders().isEmpty() && !holders().equals(lost));
    }

    /** Also as the first transaction of a process, which must not take the name of another. */
    @Test
    void importedTransaction_isRefused() throws Exception {
        XAResource product = node.productPool().getXAConnection().getXAResource();
        Node.GivenXid imported =
                Node.GivenXid.transaction("12345678other,server,P100".getBytes(StandardCharsets.US_ASCII));
        assertXaError(XAException.XAER_RMERR, () -> product.start(imported.branchOf(NAME), XAResource.TMNOFLAGS))
                .withMessageContaining("imported from another server, other,server,P100");
        node.product(node.begin()).end().rollback();
    }

    /** A JMS broker that was touched first would hold no decision. */
    @Test
    void otherResourceFirst_isRefused() {
        Node.GivenXid transaction = (Node.GivenXid) node.begin();
        assertThat(transaction.branch().qualifier()).as("somebody else's").endsWith((byte) 0);
        assertXaError(XAException.XAER_RMERR, () -> node.product(transaction))
                .withMessageContaining("another resource was touched first");
    }

    @Test
    void otherTransactionManagers_areRefused() {
        Node.GivenXid foreign = new Node.GivenXid(131_077, new byte[9], new byte[0], new AtomicInteger());
        assertXaError(XAException.XAER_INVAL, () -> node.product(foreign))
                .withMessageContaining("tells no coordinator");
    }

    /** Of two concurrent first transactions of a Payara one may get zeros for a name. The other one must not suffer from it. */
    @Test
    void nameThatIsNotWrittenYet_isRefused_andNotTaken() throws Exception {
        byte[] zeros = Arrays.copyOf("12345678".getBytes(StandardCharsets.US_ASCII), 8 + NAME.length());
        assertXaError(XAException.XAER_INVAL, () -> node.product(Node.GivenXid.transaction(zeros)))
                .havingCause()
                .withMessageContaining("begin this one again");
        node.product(node.begin()).end().rollback();
    }

    private String holders() {
        return String.join(" ", productDatabase.holders(NAME));
    }
}
