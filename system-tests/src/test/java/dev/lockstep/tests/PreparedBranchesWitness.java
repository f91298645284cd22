package dev.lockstep.tests;

import dev.lockstep.doctor.Onlooker;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * A third participant, enlisted after both databases. The transaction manager asks it to prepare after them, and at that
 * moment, between the phases, it looks which branches of its own transaction both databases hold prepared.
 */
class PreparedBranchesWitness extends Onlooker {

    private final Databases databases;
    private final ExecutorService otherThread;
    private final Runnable betweenThePhases;
    private final List<String> productBranches = new ArrayList<>();
    private final List<String> ordersBranches = new ArrayList<>();

    PreparedBranchesWitness(Databases databases, ExecutorService otherThread, Runnable betweenThePhases) {
        this.databases = databases;
        this.otherThread = otherThread;
        this.betweenThePhases = betweenThePhases;
    }

    List<String> productBranches() {
        return productBranches;
    }

    List<String> ordersBranches() {
        return ordersBranches;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        String globalId = Base64.getEncoder().encodeToString(xid.getGlobalTransactionId());
        productBranches.addAll(outside(() -> branchesIn(databases.product(), globalId)));
        ordersBranches.addAll(outside(() -> branchesIn(databases.orders(), globalId)));
        betweenThePhases.run();
        return XA_OK;
    }

    private <T> T outside(Callable<T> look) throws XAException {
        Future<T> future = otherThread.submit(look);
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw (XAException) new XAException(XAException.XA_RBROLLBACK).initCause(e);
        }
    }

    private static List<String> branchesIn(DataSource database, String globalId) throws SQLException {
        List<String> branches = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()")) {
            while (rows.next()) {
                if (rows.getString(1).contains(globalId)) {
                    branches.add(rows.getString(1));
                }
            }
        }
        return branches;
    }
}
