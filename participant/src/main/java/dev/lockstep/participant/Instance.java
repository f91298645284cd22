package dev.lockstep.participant;

import dev.lockstep.participant.coordinator.Coordinator;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.observe.InDoubt;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.resolver.ByHand;
import dev.lockstep.participant.resolver.Resolver;
import java.sql.SQLException;

/** One coordinator and its resolver: all that a process has of the participant, whatever the number of its pools. */
final class Instance implements AutoCloseable {

    private static final Instance OF_THIS_JVM = new Instance();

    private final Coordinator coordinator = new Coordinator();
    private final Resolver resolver = new Resolver(coordinator);
    private final InDoubt byHand = new ByHand(coordinator);

    /** {@return the one that all pools of this JVM share} */
    static Instance ofThisJvm() {
        return OF_THIS_JVM;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    /** {@return the branches prepared in its databases} */
    InDoubt inDoubt() {
        return byHand;
    }

    /** Adds a database, which the resolver looks at from now on. */
    void join(ParticipantDatabase database) throws SQLException {
        coordinator.register(database);
        resolver.start();
        Transactions.answer(byHand);
    }

    /** Ends as a killed process would: the name is free, nothing is tidied up. */
    @Override
    public void close() {
        Transactions.stopAnswering(byHand);
        resolver.close();
        coordinator.name().release();
    }
}
