package dev.lockstep.console.control;

import dev.lockstep.databases.ParticipantDatabases;
import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** What operators did, in the database of the branch they did it to (T3); what is about no branch is in the database of the operators. */
@ApplicationScoped
public class OperatorLog {

    private static final Logger LOG = System.getLogger(OperatorLog.class.getName());

    private static final String INTEND = """
            INSERT INTO operator_action (operator, gid, decision, heuristic, reason) VALUES (?, ?, ?, ?, ?) RETURNING action_id""";

    private static final String CONCLUDE = """
            UPDATE operator_action SET outcome = ?, evidence = ?, because = ?, ended_at = clock_timestamp()
            WHERE action_id = ? AND outcome IS NULL""";

    private static final String RESET = "RESET";

    /** What was counted is numbers, as JSON in the column of the evidence. */
    private static final String WRITE_RESET = """
            INSERT INTO operator_action (operator, gid, decision, heuristic, reason, outcome, because, ended_at)
            VALUES (?, '', 'RESET', false, 'statistics', 'SETTLED', ?, clock_timestamp())""";

    private static final String NEWEST = """
            SELECT at, operator, gid, decision, heuristic, reason, outcome, evidence, because
            FROM operator_action ORDER BY at DESC, action_id DESC LIMIT ?""";

    private final ParticipantDatabases databases;

    protected OperatorLog() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param databases all databases
     */
    @Inject
    public OperatorLog(ParticipantDatabases databases) {
        this.databases = databases;
    }

    /**
     * Writes down what an operator is about to do.
     *
     * @param intent the instruction, for a participant of {@link ParticipantDatabases#byName}
     * @return the line's number
     * @throws SQLException if it cannot be written; then nothing must be done
     */
    public long intend(Instruction intent) throws SQLException {
        try (Connection connection = database(intent).getConnection();
                PreparedStatement insert = connection.prepareStatement(INTEND)) {
            insert.setString(1, intent.operator());
            insert.setString(2, intent.gid());
            insert.setString(3, intent.resolution().name());
            insert.setBoolean(4, intent.isHeuristic());
            insert.setString(5, intent.reason());
            try (ResultSet line = insert.executeQuery()) {
                line.next();
                return line.getLong(1);
            }
        }
    }

    /**
     * Adds what came of it.
     *
     * @param line what {@link #intend} returned
     * @param reply the outcome
     * @throws SQLException if it cannot be written; the line then tells the intent alone
     */
    public void conclude(long line, Reply reply) throws SQLException {
        try (Connection connection = database(reply.instruction()).getConnection();
                PreparedStatement update = connection.prepareStatement(CONCLUDE)) {
            update.setString(1, reply.outcome().name());
            update.setString(2, reply.evidence().name());
            update.setString(3, reply.because());
            update.setLong(4, line);
            update.executeUpdate();
        }
    }

    /**
     * Writes down that an operator is about to reset the statistics.
     *
     * @param operator who
     * @param until the statistics until then
     * @throws SQLException if it cannot be written; then nothing must be done
     */
    public void reset(String operator, Statistics.Totals until) throws SQLException {
        try (Connection connection = databases.operators().getConnection();
                PreparedStatement insert = connection.prepareStatement(WRITE_RESET)) {
            insert.setString(1, operator);
            insert.setString(2, ConsoleJson.counted(until).toString());
            insert.executeUpdate();
        }
    }

    /** {@return the database that keeps what is about no branch} */
    public String ofOperators() {
        return databases.ofOperators();
    }

    private DataSource database(Instruction instruction) {
        return databases.byName().get(instruction.participant());
    }

    /**
     * Reads the log of all databases.
     *
     * @param limit how many lines at most
     * @return the newest ones, the newest first
     * @throws SQLException if a database does not answer
     */
    public List<OperatorAction> newest(int limit) throws SQLException {
        List<OperatorAction> actions = new ArrayList<>();
        for (Map.Entry<String, DataSource> database : databases.byName().entrySet()) {
            try (Connection connection = database.getValue().getConnection();
                    PreparedStatement query = connection.prepareStatement(NEWEST)) {
                query.setInt(1, limit);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        actions.add(action(database.getKey(), row));
                    }
                }
            }
        }
        actions.sort(Comparator.comparing(OperatorAction::at).reversed());
        return actions.subList(0, Math.min(limit, actions.size()));
    }

    private static OperatorAction action(String participant, ResultSet row) throws SQLException {
        boolean isReset = row.getString("decision").equals(RESET);
        Optional<String> because = Optional.ofNullable(row.getString("because"));
        return new OperatorAction(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("operator"),
                participant,
                row.getString("gid"),
                row.getString("decision"),
                row.getBoolean("heuristic"),
                row.getString("reason"),
                Optional.ofNullable(row.getString("outcome")),
                Optional.ofNullable(row.getString("evidence")),
                because.filter(text -> !isReset),
                because.filter(text -> isReset).flatMap(OperatorLog::counted));
    }

    private static Optional<JsonObject> counted(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (JsonException e) {
            LOG.log(Level.DEBUG, "A reset was written down by an earlier version, as a text", e);
            return Optional.empty();
        }
    }
}
