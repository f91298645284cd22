package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Reply.Outcome;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.observe.Survey;
import java.util.List;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The node is an operator's, and no resolver is quicker than the operator: one that heals comes only after the test. */
abstract class OperatorFixture extends ProtocolFixture {

    /** Another coordinator, to be closed by the test if it is to die. */
    Node other;

    Work product;
    Work orders;

    @BeforeEach
    void startOperatorsNode() throws Exception {
        node.close();
        node = new Node("shop,server,P100").withPatientResolver();
        productDatabase.execute("INSERT INTO xa_decision VALUES ('" + GlobalId.of(node.begin())
                + "', '{}', '2000-01-01', '2000-01-01')");
        node.withPools();
        await("the only round is over", () -> productDatabase.decisions().isEmpty());
        other = new Node("other,server,P100").withPatientResolver().withPools();
    }

    @AfterEach
    void letAnotherNodeHeal() throws Exception {
        other.close();
        node.close();
        productDatabase.execute("UPDATE xa_decision SET decided_at = kept_until");
        node = new Node("healer,server,P100").withPools();
    }

    /** A transaction of two branches; the commit point is in the product database. */
    void prepareBoth(Node coordinator) throws Exception {
        Xid transaction = coordinator.begin();
        product = coordinator.product(transaction).open(1, "Ann").end();
        orders = coordinator.orders(transaction).open(1, "Ann").end();
        product.prepare();
        orders.prepare();
    }

    Survey survey() {
        return node.inDoubt().survey();
    }

    /** The only branch prepared in the product database, as the operator sees it. */
    BranchInDoubt commitPoint() {
        return branchIn(productDatabase);
    }

    /** The only branch prepared in the orders database, as the operator sees it. */
    BranchInDoubt follower() {
        return branchIn(ordersDatabase);
    }

    private BranchInDoubt branchIn(RealDatabase database) {
        List<BranchInDoubt> there = survey().branches().stream()
                .filter(branch -> branch.participant().equals(database.name()))
                .toList();
        assertThat(there).hasSize(1);
        return there.get(0);
    }

    Reply settle(BranchInDoubt branch, Resolution resolution) {
        return node.inDoubt().settle(instruction(branch, resolution));
    }

    Reply guess(BranchInDoubt branch, Resolution resolution) {
        return node.inDoubt()
                .settle(new Instruction(branch.gid(), branch.participant(), resolution, true, "ann", "asked to"));
    }

    static Instruction instruction(BranchInDoubt branch, Resolution resolution) {
        return new Instruction(branch.gid(), branch.participant(), resolution, false, "ann", "asked to");
    }

    static void assertSettled(Reply reply, Evidence evidence) {
        assertThat(reply.outcome()).as(reply.because()).isEqualTo(Outcome.SETTLED);
        assertThat(reply.evidence()).isEqualTo(evidence);
    }

    static void assertRefused(Reply reply, Evidence evidence, String... words) {
        assertThat(reply.outcome()).as(reply.because()).isEqualTo(Outcome.REFUSED);
        assertThat(reply.evidence()).isEqualTo(evidence);
        assertThat(reply.isHeuristic()).isFalse();
        assertThat(reply.because()).contains(words);
    }
}
