package dev.lockstep.participant;

import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.flow.Flows;
import dev.lockstep.participant.observe.InDoubt;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.resolver.ByHand;
import dev.lockstep.participant.resolver.Resolver;
import dev.lockstep.participant.transaction.LocalFlows;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.sql.SQLException;
import java.util.Properties;

/** The local transactions and their resolver: all that a process has of the participant, whatever the number of its pools. */
final class Instance implements AutoCloseable {

    private static final Instance OF_THIS_JVM = new Instance(System.getProperties());

    private final SoleCopy copy;
    private final LocalTransactions local = new LocalTransactions();
    private final Resolver resolver = new Resolver(local);
    private final InDoubt byHand = new ByHand(local);
    private final LocalFlows flows = new LocalFlows(local);

    static {
        try {
            EndOfApplication.await(OF_THIS_JVM::close);
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * An instance that has no databases yet.
     *
     * @param jvm the system properties of its process
     */
    Instance(Properties jvm) {
        this.copy = new SoleCopy(jvm);
    }

    /** {@return the one that all pools of this JVM share} */
    static Instance ofThisJvm() {
        return OF_THIS_JVM;
    }

    LocalTransactions local() {
        return local;
    }

    /** {@return the branches prepared in its databases} */
    InDoubt inDoubt() {
        return byHand;
    }

    /**
     * Lets transactions flow. No database need be known.
     *
     * @return the flows
     * @throws SQLException if another copy of the participant works in this JVM, or this one has ended
     */
    Flows flows() throws SQLException {
        copy.require();
        return flows;
    }

    /**
     * Adds a database, which the resolver looks at from now on.
     *
     * @throws SQLException if another copy of the participant works in this JVM, this one has ended, or the database cannot be asked
     */
    void join(ParticipantDatabase database) throws SQLException {
        copy.require();
        local.register(database);
        resolver.start();
        Transactions.answer(byHand);
    }

    /**
     * Ends for good, as a killed process would: the name is free, nothing is tidied up. What is in doubt the next one settles, as other
     * servers do.
     */
    @Override
    public void close() {
        Transactions.stopAnswering(byHand);
        resolver.close();
        flows.close();
        local.name().release();
        copy.close();
    }
}
