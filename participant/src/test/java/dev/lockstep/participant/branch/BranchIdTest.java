package dev.lockstep.participant.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of branches. */
class BranchIdTest {

    private static final ParticipantId PRODUCT = new ParticipantId("product", -1L, 4_294_967_295L, 4_294_967_295L);
    private static final GlobalId GLOBAL = global("12345678" + "lockstep,server,P100");

    private static GlobalId global(String bytes) {
        return new GlobalId(GlobalId.JTS_FORMAT + "_"
                + Base64.getEncoder().encodeToString(bytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    }

    @Test
    void gid_tellsAll_andIsReadBack() {
        BranchId follower = new BranchId(GLOBAL, Role.FOLLOWER, 17, PRODUCT);
        BranchId read = BranchId.parse(follower.gid()).orElseThrow();
        assertThat(read).isEqualTo(follower);
        assertThat(read.qualifier()).isEqualTo("F17.product.3w5e11264sgsf.1z141z3.1z141z3");
        assertThat(read.global().coordinator()).isEqualTo("lockstep,server,P100");
        assertThat(read.commitPoint().name()).isEqualTo("product");
    }

    /** PostgreSQL takes 199 bytes; XA takes 64 for each part. */
    @Test
    void longestGid_fits() {
        ParticipantId longest =
                new ParticipantId("p".repeat(ParticipantId.NAME_LIMIT), -1L, 4_294_967_295L, 4_294_967_295L);
        BranchId branch = new BranchId(global("x".repeat(64)), Role.FOLLOWER, 99, longest);
        assertThat(branch.getBranchQualifier()).hasSizeLessThanOrEqualTo(64);
        assertThat(branch.gid()).hasSizeLessThan(200);
        assertThat(BranchId.parse(branch.gid())).hasValue(branch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "mine",
                "4871251_AAAA_BBBB",
                "4871251__QzAucC4xLjE=",
                "131077_AQID_QzAucC4xLjE=",
                "a_b_c"
            })
    void namesOfOthers_areNotOurs(String gid) {
        assertThat(BranchId.parse(gid)).isEmpty();
    }

    /** Of two concurrent first transactions of a Payara one may get a name that is not written yet, or only in part. */
    @ParameterizedTest
    @ValueSource(strings = {"\0\0\0\0", "lockstep,ser\0\0\0\0\0\0\0\0", "lock\u007Fstep", "lock\nstep"})
    void nameWithControlBytes_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> global("12345678" + name))
                .withMessageContaining("control bytes in its coordinator's name")
                .withMessageContaining("begin this one again");
    }

    /** JTS keeps the low byte of each character of a name; what it makes of others than ASCII is a name all the same. */
    @Test
    void nameOutsideOfAscii_isAName() {
        assertThat(global("\0\0\0\0\0\0\0\0" + "l\u00F6ckstep\u0085").coordinator())
                .isEqualTo("l\u00F6ckstep\u0085");
    }

    @Test
    void databaseIsKnownByItsIdentity_notByItsName() {
        assertThat(new ParticipantId("a", 1, 2, 3)).isEqualTo(new ParticipantId("b", 1, 2, 3));
        assertThat(new ParticipantId("a", 1, 2, 3))
                .isNotEqualTo(new ParticipantId("a", 1, 3, 3))
                .isNotEqualTo(new ParticipantId("a", 1, 2, 4));
        assertThat(ParticipantId.parse(PRODUCT.toString())).isEqualTo(PRODUCT);
    }

    @Test
    void contradictions_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BranchId(GLOBAL, Role.COMMIT_POINT, 1, PRODUCT));
        assertThatIllegalArgumentException().isThrownBy(() -> new BranchId(GLOBAL, Role.FOLLOWER, 0, PRODUCT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BranchId(GLOBAL, Role.FOLLOWER, 100, PRODUCT))
                .withMessageContaining("the limit is 99");
        assertThatIllegalArgumentException().isThrownBy(() -> ParticipantId.parse("product.?"));
    }
}
