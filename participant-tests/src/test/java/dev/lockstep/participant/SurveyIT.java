package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.observe.SilentDatabase;
import dev.lockstep.participant.observe.Transactions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator sees of the branches in doubt: all of them, and the evidence. */
class SurveyIT extends OperatorFixture {

    @Test
    void branch_isToldWithAllThatItsNameTells() throws Exception {
        assertThat(survey().branches()).isEmpty();
        Instant before = Instant.now();
        prepareBoth(node);

        assertThat(commitPoint().gid())
                .isEqualTo(productDatabase.prepared().get(0).gid());
        assertThat(commitPoint().globalId())
                .isEqualTo(productDatabase.prepared().get(0).global().text())
                .isEqualTo(follower().globalId());
        assertThat(commitPoint().branch()).isEqualTo("C0");
        assertThat(follower().branch()).isEqualTo("F1");
        assertThat(survey().branches()).hasSize(2).allSatisfy(branch -> {
            assertThat(branch.commitPoint()).isEqualTo("product");
            assertThat(branch.coordinator()).isEqualTo("shop,server,P100");
            assertThat(branch.isCoordinatorAlive()).isTrue();
            assertThat(branch.isCoordinatorHere()).isTrue();
            assertThat(branch.prepared())
                    .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
            assertThat(branch.evidence()).isEqualTo(Evidence.OPEN);
            assertThat(branch.because())
                    .endsWith("still prepared; nothing is decided: its transaction is under way in this process");
        });
        assertThat(commitPoint().permitted()).containsExactly(Resolution.ROLLBACK);
        assertThat(follower().permitted()).isEmpty();
        product.rollback();
        orders.rollback();
        assertThat(survey().branches()).isEmpty();
    }

    @Test
    void coordinatorElsewhere_isWaitedFor_untilItIsDead() throws Exception {
        prepareBoth(other);
        assertThat(survey().branches()).hasSize(2).allSatisfy(branch -> {
            assertThat(branch.isCoordinatorAlive()).isTrue();
            assertThat(branch.isCoordinatorHere()).isFalse();
            assertThat(branch.evidence()).isEqualTo(Evidence.OPEN);
            assertThat(branch.because()).endsWith("nothing is decided: its coordinator other,server,P100 is alive");
        });
        other.close();
        await("seen dead", () -> survey().branches().stream().noneMatch(BranchInDoubt::isCoordinatorAlive));
        assertThat(survey().branches()).hasSize(2).allSatisfy(branch -> {
            assertThat(branch.evidence()).isEqualTo(Evidence.OPEN);
            assertThat(branch.because())
                    .endsWith("the resolver rolls it back: its coordinator other,server,P100 holds its name no more");
        });
    }

    @Test
    void committedTransaction_isToldByItsRow() throws Exception {
        prepareBoth(other);
        product.commit();
        assertThat(follower().evidence()).isEqualTo(Evidence.COMMIT);
        assertThat(follower().because())
                .isEqualTo("its commit point in product is committed, the decision row is there");
        assertThat(follower().permitted()).containsExactly(Resolution.COMMIT);
        orders.commit();
    }

    @Test
    void rolledBackTransaction_isToldByTheMissingRow() throws Exception {
        prepareBoth(other);
        product.rollback();
        assertThat(follower().evidence()).isEqualTo(Evidence.ROLLBACK);
        assertThat(follower().because())
                .isEqualTo("its commit point in product is not prepared, and there is no decision row");
        assertThat(follower().permitted()).containsExactly(Resolution.ROLLBACK);
        orders.rollback();
    }

    @Test
    void databaseThatIsAway_isTold_andSoIsWhatItLeavesUnknown() throws Exception {
        prepareBoth(other);
        node.toProduct.cut();
        assertThat(survey().silent()).extracting(SilentDatabase::participant).containsExactly("product");
        assertThat(survey().silent().get(0).reason()).isNotBlank();
        assertThat(survey().branches()).hasSize(1);
        assertThat(follower().evidence()).isEqualTo(Evidence.UNKNOWN);
        assertThat(follower().because()).contains("database product").contains("does not answer");
        assertThat(follower().permitted()).isEmpty();
        node.toProduct.heal();
        assertThat(survey().silent()).isEmpty();
        assertThat(survey().branches()).hasSize(2);
        product.rollback();
        orders.rollback();
    }

    @Test
    void unknownCommitPoint_isTold_andOthersBranchesAreNot() {
        BranchId stray =
                new BranchId(GlobalId.of(other.begin()), Role.FOLLOWER, 1, new ParticipantId("elsewhere", 42, 5, 6));
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION '" + stray.gid() + "'");
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION 'somebody else''s'");
        try {
            assertThat(follower().gid()).isEqualTo(stray.gid());
            assertThat(follower().commitPoint()).isEqualTo("elsewhere");
            assertThat(follower().evidence()).isEqualTo(Evidence.UNKNOWN);
            assertThat(follower().because()).contains("elsewhere").contains("no connection pool");
        } finally {
            ordersDatabase.execute("ROLLBACK PREPARED 'somebody else''s'");
            ordersDatabase.execute("ROLLBACK PREPARED '" + stray.gid() + "'");
        }
    }

    @Test
    void lastProcessToJoin_answersForTheJvm_andNobodyAfterItsEnd() throws Exception {
        prepareBoth(other);
        assertThat(Transactions.inDoubt()).isSameAs(other.inDoubt());
        assertThat(Transactions.inDoubt().survey().branches())
                .extracting(BranchInDoubt::isCoordinatorHere)
                .isEqualTo(List.of(true, true));
        node.close();
        assertThat(Transactions.inDoubt()).as("not node's to end").isSameAs(other.inDoubt());
        BranchInDoubt seen = Transactions.inDoubt().survey().branches().get(0);
        other.close();
        assertThat(Transactions.inDoubt().survey().branches()).isEmpty();
        assertRefused(
                Transactions.inDoubt().settle(instruction(seen, Resolution.ROLLBACK)),
                Evidence.UNKNOWN,
                "no connection pool of this process has led to a database yet",
                seen.participant());
    }
}
