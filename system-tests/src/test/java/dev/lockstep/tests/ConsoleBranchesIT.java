package dev.lockstep.tests;

import static dev.lockstep.tests.LauncherProcess.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.operator.OperatorAccount;
import dev.lockstep.participant.database.NameLock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Branches in doubt in the console: shown, and settled by an operator who may and says why; every answer also keeps to the OpenAPI document. */
class ConsoleBranchesIT extends ConsoleFixture {

    private static final String ALIVE = "somebody,server,P100";

    @Test
    void branchInDoubtIsShown_withItsEvidence_andTheLocksItHolds() throws Exception {
        int productId = databases.productOf(5);
        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId(DEAD));
        BranchesByHand.prepare(databases.product(), gid, take(productId));
        try {
            await(LIMIT, "in doubt", () -> statistics().getInt("inDoubt") == 1);
            JsonObject branch = branch(gid);
            assertThat(branch.getString("evidence")).isEqualTo("UNKNOWN");
            assertThat(branch.getString("because")).contains("elsewhere");
            assertThat(branch.getJsonArray("permitted")).isEmpty();
            assertThat(branch.getBoolean("coordinatorAlive")).isFalse();
            JsonObject transaction = api.transaction(branch.getString("globalId"));
            assertThat(transaction.getString("state")).isEqualTo("IN_DOUBT");
            assertThat(transaction.getJsonArray("locks").getValuesAs(JsonObject.class))
                    .anySatisfy(lock -> {
                        assertThat(lock.getString("relation")).isEqualTo("product");
                        assertThat(lock.getString("mode")).isEqualTo("RowExclusiveLock");
                    });
        } finally {
            end(databases.product(), "ROLLBACK PREPARED '" + gid + "'");
        }
        await(LIMIT, "no more in doubt", () -> statistics().getInt("inDoubt") == 0);
    }

    @Test
    void resolveIsRefused_withoutLogin_token_reason_orEvidence_andNothingChanges() throws Exception {
        int productId = databases.productOf(5);
        String globalId = BranchesByHand.globalId(ALIVE);
        String gid = BranchesByHand.commitPoint(globalId, databases.product());
        String path = "api/branches/" + OrderApi.inPath(gid) + "/resolve";
        try (Connection name = databases.product().getConnection()) {
            alive(name);
            BranchesByHand.prepare(databases.product(), gid, take(productId));

            assertThat(new OperatorClient(api)
                            .post(path, decision("COMMIT", "no login"))
                            .statusCode())
                    .isEqualTo(401);
            String token = operator.session().getString("csrfToken");
            operator.useToken("");
            assertThat(operator.post(path, decision("COMMIT", "no token")).statusCode())
                    .isEqualTo(403);
            operator.useToken(token);
            for (String reason : List.of("", "  ", "x".repeat(501), "two\nlines")) {
                HttpResponse<String> response = operator.post(path, decision("ROLLBACK", reason));
                assertThat(response.statusCode()).isEqualTo(400);
                assertThat(response.body()).contains("\"field\":\"reason\"");
            }
            HttpResponse<String> refusal = operator.post(path, decision("COMMIT", "against the evidence"));
            assertThat(refusal.statusCode()).isEqualTo(409);
            assertThat(refusal.body()).contains(":resolve-refused", "\"evidence\":\"OPEN\"");

            assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isTrue();
            assertThat(audited(gid)).containsExactly("COMMIT REFUSED OPEN against the evidence");

            HttpResponse<String> done = operator.post(path, decision("ROLLBACK", "always allowed"));
            assertThat(done.statusCode()).isEqualTo(200);
            settled = 1;
            assertThat(OrderApi.json(done).getString("outcome")).isEqualTo("SETTLED");
            assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isFalse();
            assertThat(databases.stockOf(productId)).isEqualTo(5);
            HttpResponse<String> again = operator.post(path, decision("ROLLBACK", "once more"));
            assertThat(again.statusCode()).isEqualTo(409);
            assertThat(again.body()).contains(":branch-ended");
            assertThat(audited(gid))
                    .containsExactly(
                            "COMMIT REFUSED OPEN against the evidence",
                            "ROLLBACK SETTLED OPEN always allowed",
                            "ROLLBACK ALREADY_ENDED UNKNOWN once more");
        }
    }

    @Test
    void heuristic_endsWhatNobodyCanKnow_andIsWrittenDown() throws Exception {
        int productId = databases.productOf(5);
        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId(DEAD));
        String path = "api/branches/" + OrderApi.inPath(gid) + "/resolve";
        BranchesByHand.prepare(databases.product(), gid, take(productId));

        HttpResponse<String> refusal = operator.post(path, decision("COMMIT", "is it allowed?"));
        assertThat(refusal.statusCode()).isEqualTo(409);
        assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isTrue();

        HttpResponse<String> done = operator.post(
                path, body("COMMIT", "库房已确认").add("heuristic", true).build().toString());
        assertThat(done.statusCode()).isEqualTo(200);
        settled = 1;
        assertThat(OrderApi.json(done).getBoolean("heuristic")).isTrue();
        assertThat(BranchesByHand.isPrepared(databases.product(), gid)).isFalse();
        assertThat(databases.stockOf(productId)).isEqualTo(4);
        JsonObject transaction = api.transaction(gid.substring(0, gid.lastIndexOf('_')));
        assertThat(transaction.getJsonArray("steps").getJsonObject(0).getBoolean("byOperator"))
                .isTrue();
        assertThat(audited(gid))
                .containsExactly("COMMIT REFUSED UNKNOWN is it allowed?", "COMMIT SETTLED UNKNOWN 库房已确认");
        HttpResponse<String> audit = operator.get("api/audit");
        assertThat(audit.statusCode()).isEqualTo(200);
        assertThat(audit.body()).contains(gid, "库房已确认", "\"operator\":\"" + OperatorAccount.NAME + "\"");
        assertThat(api.get("api/audit").statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNoBranch_isRefused() {
        assertThat(operator.post("api/branches/nonsense/resolve", decision("ROLLBACK", "tidy up"))
                        .statusCode())
                .isEqualTo(409);
        String unknown = decision("ROLLBACK", "tidy up").replace("\"product\"", "\"warehouse\"");
        assertThat(operator.post("api/branches/nonsense/resolve", unknown).body())
                .contains("\"field\":\"participant\"");
    }

    private JsonObject branch(String gid) {
        return OrderApi.json(api.get("api/branches")).getJsonArray("branches").getValuesAs(JsonObject.class).stream()
                .filter(branch -> branch.get("gid").equals(text(gid)))
                .findFirst()
                .orElseThrow();
    }

    private static JsonString text(String text) {
        return Json.createValue(text);
    }

    private static JsonObjectBuilder body(String decision, String reason) {
        return Json.createObjectBuilder()
                .add("participant", "product")
                .add("decision", decision)
                .add("reason", reason);
    }

    private static String decision(String decision, String reason) {
        return body(decision, reason).build().toString();
    }

    /** Holds a coordinator's name, so that the resolver leaves its branches alone. */
    private static void alive(Connection session) throws SQLException {
        try (PreparedStatement lock = session.prepareStatement("SELECT pg_advisory_lock(?)")) {
            lock.setLong(1, NameLock.key(ALIVE));
            lock.execute();
        }
    }

    private List<String> audited(String gid) throws SQLException {
        try (Connection connection = databases.product().getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT array_agg(decision || ' ' || outcome || ' ' || evidence || ' ' || reason ORDER BY action_id)"
                                + " FROM operator_action WHERE gid = ? AND operator = ?")) {
            query.setString(1, gid);
            query.setString(2, OperatorAccount.NAME);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return List.of((String[]) row.getArray(1).getArray());
            }
        }
    }

    private static void end(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
