package dev.lockstep.participant.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

    private static final ParticipantId LONGEST =
            new ParticipantId("p".repeat(ParticipantId.NAME_LIMIT), -1L, 4_294_967_295L, 4_294_967_295L);

    /** PostgreSQL takes 199 bytes. So whatever path a superior may give, no branch of a transaction that flows is too long. */
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "99-99-99-99", "1-1-1-1-1-1"})
    void longestGid_fits(String path) {
        BranchId branch = new BranchId(global("x".repeat(64)), Role.FOLLOWER, path, 99, LONGEST);
        assertThat(branch.gid()).hasSizeLessThanOrEqualTo(199);
        assertThat(BranchId.parse(branch.gid())).hasValue(branch);
    }

    @Test
    void gidThatIsTooLong_isRefused_withTheLimit() {
        GlobalId longName = global("x".repeat(70));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BranchId(longName, Role.FOLLOWER, "99-99-99-99", 99, LONGEST))
                .withMessageContaining("205 bytes")
                .withMessageContaining("limit is 199");
    }

    /** An instance of before the flows must read them (FLOW-DESIGN, section 15, row 6). */
    @Test
    void namesWithoutAFlow_areAsBefore() {
        assertThat(new BranchId(GLOBAL, Role.COMMIT_POINT, 0, PRODUCT).qualifier())
                .isEqualTo("C0.product.3w5e11264sgsf.1z141z3.1z141z3");
        assertThat(new BranchId(GLOBAL, Role.FOLLOWER, 1, PRODUCT).gid())
                .isEqualTo("4871251_MTIzNDU2Nzhsb2Nrc3RlcCxzZXJ2ZXIsUDEwMA==_"
                        + "RjEucHJvZHVjdC4zdzVlMTEyNjRzZ3NmLjF6MTQxejMuMXoxNDF6Mw==");
    }

    /** A tree of servers, four deep, any of them the holder: no name comes twice, and each is read back. */
    @Test
    void namesInATree_areAllDifferent() {
        List<String> paths = new ArrayList<>(List.of(BranchId.ROOT));
        for (int depth = 0, from = 0; depth < 4; depth++) {
            List<String> callers = List.copyOf(paths.subList(from, paths.size()));
            from = paths.size();
            for (String caller : callers) {
                for (int number : new int[] {1, 2, 11}) {
                    paths.add(BranchId.below(caller, number));
                }
            }
        }
        List<BranchId> branches = new ArrayList<>();
        branches.add(new BranchId(GLOBAL, Role.COMMIT_POINT, 0, PRODUCT));
        for (int index : new int[] {0, 1, 2, 11}) {
            if (index > 0) {
                branches.add(new BranchId(GLOBAL, Role.FOLLOWER, index, PRODUCT));
            }
            paths.forEach(path -> branches.add(new BranchId(GLOBAL, Role.FOLLOWER, path, index, PRODUCT)));
        }
        assertThat(branches).hasSize(1 + 3 + 4 * (1 + 3 + 9 + 27 + 81));
        assertThat(branches.stream().map(BranchId::gid)).doesNotHaveDuplicates();
        assertThat(branches)
                .allSatisfy(branch -> assertThat(BranchId.parse(branch.gid())).hasValue(branch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0-1", "1-0", "100", "-1", "1-", "1--1", "a", "1-1-1-1-1-1-1"})
    void otherPaths_areRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BranchId.requirePath(path))
                .withMessageContaining("path=" + path)
                .withMessageContaining("limit is 12");
    }

    @Test
    void serverTooDeep_isRefused() {
        assertThat(BranchId.below("99-99-99", 99)).isEqualTo("99-99-99-99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BranchId.below("99-99-99-99", 1))
                .withMessageContaining("limit is 12 characters");
        assertThatIllegalArgumentException().isThrownBy(() -> BranchId.below(BranchId.ROOT, 100));
    }

    /** Whatever a later version writes after the id. */
    @Test
    void decision_isReadOfAnyName() {
        assertThat(GlobalId.ofGid(GLOBAL + "_anything")).hasValue(GLOBAL);
        assertThat(GlobalId.ofGid(GLOBAL + "_")).hasValue(GLOBAL);
        assertThat(GlobalId.ofGid(GLOBAL.text())).isEmpty();
        assertThat(GlobalId.ofGid("4871251_AAAA_BBBB")).isEmpty();
        assertThat(GlobalId.ofGid("mine")).isEmpty();
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
