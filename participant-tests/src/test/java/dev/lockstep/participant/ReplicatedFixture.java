package dev.lockstep.participant;

import dev.lockstep.testing.FaultyNetwork;
import dev.lockstep.testing.StreamingStandby;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;

/** The product database has a synchronous standby, to which the node's pool leads, too, as a multi-host URL does. */
abstract class ReplicatedFixture extends ProtocolFixture {

    Work product;
    Work orders;

    private final ReplicatedDatabase pair = ReplicatedDatabase.inOrder();
    private final FaultyNetwork toStandby = pair.onStandby().network();
    private EndOfWait end;
    private int productSession;

    ReplicatedFixture() {
        productDatabase = pair.primary();
    }

    @Override
    Node newNode() {
        return new Node("shop,server,P100", productDatabase).withProductAlsoBehind(toStandby);
    }

    /** Before the fixture looks whether all is well. A server that was failed over is fenced at last. */
    @AfterEach
    void bringTheStandbyBack() throws Exception {
        toStandby.heal();
        if (pair.isFailedOver()) {
            node.toProduct.close();
        } else {
            pair.standby().join();
        }
    }

    RealDatabase exPrimary() {
        return pair.primary();
    }

    RealDatabase onStandby() {
        return pair.onStandby();
    }

    StreamingStandby standby() {
        return pair.standby();
    }

    FaultyNetwork toStandby() {
        return toStandby;
    }

    /** The standby is promoted, and what the test sees of the product database from now on is there. */
    void failOver() {
        pair.failOver();
        productDatabase = pair.onStandby();
    }

    /** A transaction's work in both databases; the commit point is in the product database. */
    void workFromProduct(EndOfWait endOfWait) throws Exception {
        workFromProduct(endOfWait, "SELECT 1");
    }

    /** The same, with a statement of the application's in the product database. */
    void workFromProduct(EndOfWait endOfWait, String statement) throws Exception {
        Xid transaction = node.begin();
        product = node.product(transaction).execute(statement);
        orders = node.orders(transaction);
        work(endOfWait);
        orders.open(1, "Ann").end();
    }

    /** The same, but the commit point is in the orders database, which has no standby. */
    void workFromOrders(EndOfWait endOfWait) throws Exception {
        Xid transaction = node.begin();
        orders = node.orders(transaction);
        product = node.product(transaction);
        work(endOfWait);
        orders.open(1, "Ann").end();
    }

    /** A transaction's work in the product database alone. */
    void workInProduct(EndOfWait endOfWait) throws Exception {
        product = node.product(node.begin());
        work(endOfWait);
    }

    private void work(EndOfWait endOfWait) throws Exception {
        end = endOfWait;
        end.announceTo(product.open(1, "Ann"));
        productSession = product.backend();
        product.end();
    }

    /** What an XA call does. */
    @FunctionalInterface
    interface Call {
        void make() throws Exception;
    }

    /** Makes a call while the standby is away, and ends the wait of the product database's session. */
    void unreplicated(Call call) throws Exception {
        RealDatabase waiting = productDatabase;
        standby().part();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> end.endWaitOf(productSession, waiting));
        call.make();
        ended.join();
    }
}
