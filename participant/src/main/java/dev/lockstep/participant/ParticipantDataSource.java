package dev.lockstep.participant;

import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.DecisionTable;
import dev.lockstep.participant.database.Limits;
import dev.lockstep.participant.database.ParticipantDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.XAConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/**
 * The XADataSource to put into a Payara connection pool instead of {@code org.postgresql.xa.PGXADataSource}: PostgreSQL takes part
 * in the container's distributed transactions, and no crash leaves two databases apart or a branch in doubt.
 *
 * <p>All properties of pgjdbc's class, and those below. Needs the table {@code xa_decision} ({@link DecisionTable#DDL}) in every
 * database, and PostgreSQL 14 or later.
 */
public class ParticipantDataSource extends PGXADataSource {

    private static final long serialVersionUID = 1L;

    private static final int RETENTION_LEAST = 10;
    private static final int RETENTION_MOST = 7 * 24 * 3600;
    private static final int INTERVAL_LEAST = 100;
    private static final int INTERVAL_MOST = 60_000;
    private static final int ANSWER_LEAST = 1;
    private static final int ANSWER_MOST = 60;

    private String participantName;
    private String passwordVariable;
    private int decisionRetentionSeconds = 600;
    private int resolverIntervalMillis = 1_000;
    private int answerTimeoutSeconds = 2;
    private int commandTimeoutSeconds = 10;
    private final transient Instance instance;
    private transient volatile ParticipantDatabase database;
    private transient volatile String firstUser;

    /** A data source for a pool of this JVM. */
    public ParticipantDataSource() {
        this(Instance.ofThisJvm());
    }

    ParticipantDataSource(Instance instance) {
        this.instance = instance;
        setCancelSignalTimeout(answerTimeoutSeconds);
    }

    /** {@return what people call the database in logs and branch names; the database's name unless set} */
    public String getParticipantName() {
        return participantName;
    }

    /**
     * Names the database for people.
     *
     * @param participantName 1 to 28 letters A to Z, digits, hyphens or underscores
     */
    public void setParticipantName(String participantName) {
        this.participantName = new ParticipantId(participantName, 0, 0, 0).name();
    }

    /** {@return the environment variable that holds the password; null unless set} */
    public String getPasswordVariable() {
        return passwordVariable;
    }

    /**
     * Takes the password from an environment variable, as it is, and not from {@code password}: containers put something else in
     * for {@code ${...}} in a property's value, and some refuse a password that has but a part of it.
     *
     * @param name the variable, which must be set
     */
    public void setPasswordVariable(String name) {
        String password = System.getenv(name);
        if (password == null) {
            throw new IllegalArgumentException(
                    "passwordVariable=" + name + " must be an environment variable that is set");
        }
        passwordVariable = name;
        super.setPassword(password);
    }

    /** Sets the password, unless {@code passwordVariable} does; containers set properties in any order. */
    @Override
    public void setPassword(String password) {
        if (passwordVariable == null) {
            super.setPassword(password);
        }
    }

    /** {@return how long others keep a decision for its coordinator, in seconds; 600 unless set} */
    public int getDecisionRetentionSeconds() {
        return decisionRetentionSeconds;
    }

    /**
     * Sets how long others keep a decision for its coordinator. A coordinator that was stopped for more than half of it says
     * "unknown" where it could have said "rolled back".
     *
     * @param seconds 10 to 604800, and at least four times {@code commandTimeoutSeconds}, else the coordinator might never know
     */
    public void setDecisionRetentionSeconds(int seconds) {
        decisionRetentionSeconds = within("decisionRetentionSeconds", seconds, RETENTION_LEAST, RETENTION_MOST);
    }

    /** {@return the time between two rounds of the resolver, in milliseconds; 1000 unless set} */
    public int getResolverIntervalMillis() {
        return resolverIntervalMillis;
    }

    /**
     * Sets the time between two rounds of the resolver; of several pools the shortest counts.
     *
     * @param millis 100 to 60000
     */
    public void setResolverIntervalMillis(int millis) {
        resolverIntervalMillis = within("resolverIntervalMillis", millis, INTERVAL_LEAST, INTERVAL_MOST);
    }

    /** {@return how long a connect or an answer may take beside the pool, in seconds; 2 unless set} */
    public int getAnswerTimeoutSeconds() {
        return answerTimeoutSeconds;
    }

    /**
     * Sets how long a connect or an answer may take beside the pool: in looks at the decision and in the resolver.
     *
     * @param seconds 1 to 60
     */
    public void setAnswerTimeoutSeconds(int seconds) {
        answerTimeoutSeconds = within("answerTimeoutSeconds", seconds, ANSWER_LEAST, ANSWER_MOST);
    }

    /** {@return how long PREPARE and COMMIT PREPARED may take on a pooled connection, in seconds; 10 unless set} */
    public int getCommandTimeoutSeconds() {
        return commandTimeoutSeconds;
    }

    /**
     * Sets how long PREPARE and COMMIT PREPARED may take on a pooled connection before it counts as lost.
     *
     * @param seconds 1 to 60
     */
    public void setCommandTimeoutSeconds(int seconds) {
        commandTimeoutSeconds = within("commandTimeoutSeconds", seconds, ANSWER_LEAST, ANSWER_MOST);
    }

    @Override
    public String getDescription() {
        return "Lockstep participant: " + super.getDescription();
    }

    /**
     * Connects. The first user is the pool's: what the participant does beside the pool it does as this user, too.
     *
     * @throws SQLException if the database does not answer, has no {@code xa_decision} of the right form (says the SQL that
     *     creates it), or is another one than this pool's first connection reached; if the user is another one; or if a pooler
     *     that shares sessions is between
     */
    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        BaseConnection physical = (BaseConnection) super.getConnection(user, password);
        try {
            return new ParticipantConnection(physical, instance.local(), databaseOf(physical, user, password));
        } catch (SQLException | RuntimeException e) {
            physical.close();
            throw e;
        }
    }

    private ParticipantDatabase databaseOf(BaseConnection physical, String user, String password) throws SQLException {
        ParticipantDatabase known = database;
        if (known == null) {
            known = introduce(physical, user, password);
        }
        if (!Objects.equals(user, firstUser)) {
            throw new SQLException("user=" + user + " cannot connect in a pool of user=" + firstUser
                    + ": a branch can be finished only by the user that prepared it");
        }
        known.admit(physical);
        return known;
    }

    private synchronized ParticipantDatabase introduce(BaseConnection physical, String user, String password)
            throws SQLException {
        if (database == null) {
            String name = participantName == null ? physical.getCatalog() : participantName;
            ParticipantDatabase introduced =
                    ParticipantDatabase.introduce(physical, name, as(user, password), limits());
            introduced.requireSessionOfItsOwn(physical);
            instance.join(introduced);
            firstUser = user;
            database = introduced;
        }
        return database;
    }

    /** These settings, with the user of a connection that need not be the property's. */
    private PGSimpleDataSource as(String user, String password) throws SQLException {
        PGSimpleDataSource copy = new PGSimpleDataSource();
        try {
            copy.initializeFrom(this);
        } catch (IOException | ClassNotFoundException e) {
            throw new SQLException("Cannot copy the settings of the pool of " + getDatabaseName(), e);
        }
        copy.setUser(user);
        copy.setPassword(password);
        return copy;
    }

    private Limits limits() throws SQLException {
        if (decisionRetentionSeconds < 4 * commandTimeoutSeconds) {
            throw new SQLException("decisionRetentionSeconds=" + decisionRetentionSeconds
                    + " must be at least four times commandTimeoutSeconds=" + commandTimeoutSeconds);
        }
        return new Limits(
                Duration.ofSeconds(answerTimeoutSeconds),
                Duration.ofSeconds(commandTimeoutSeconds),
                Duration.ofSeconds(decisionRetentionSeconds),
                Duration.ofMillis(resolverIntervalMillis));
    }

    private static int within(String property, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(property + "=" + value + " must be " + least + " to " + most);
        }
        return value;
    }
}
