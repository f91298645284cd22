package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.transaction.xa.Xid;

/** A transaction with a branch in each database, whose work has ended. */
abstract class PrepareFixture extends ProtocolFixture {

    Xid transaction;
    Work product;
    Work orders;

    void workIn(String productOwner, String ordersOwner) throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, productOwner);
        orders = node.orders(transaction).open(1, ordersOwner);
        product.end();
        orders.end();
    }

    void assertReusable() throws Exception {
        Xid next = node.begin();
        product.start(next).open(7, "Next");
        orders.start(next).open(7, "Next");
        product.end().prepare();
        orders.end().prepare();
        product.commit();
        orders.commit();
        assertThat(productDatabase.owners()).isEqualTo(List.of("Next"));
        assertThat(ordersDatabase.owners()).isEqualTo(List.of("Next"));
    }
}
