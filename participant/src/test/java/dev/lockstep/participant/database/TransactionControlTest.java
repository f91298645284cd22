package dev.lockstep.participant.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionControlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "\n  UPDATE product SET num = num - ? WHERE id = ?",
                "with t as (select 1) insert into x select * from t",
                "SELECT(1)",
                "values (1)"
            })
    void queryOrChangeOfRows_endsNothing(String sql) {
        assertThat(TransactionControl.isPossibleIn(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "commit",
                "/* select */ COMMIT",
                "-- select\nROLLBACK AND CHAIN",
                "select 1; commit",
                "end",
                "prepare transaction 'x'",
                "selected"
            })
    void anythingElse_may(String sql) {
        assertThat(TransactionControl.isPossibleIn(sql)).isTrue();
    }
}
