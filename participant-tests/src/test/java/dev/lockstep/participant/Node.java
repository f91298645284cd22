package dev.lockstep.participant;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.flow.Flows;
import dev.lockstep.participant.observe.InDoubt;
import dev.lockstep.testing.FaultyNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.Xid;

/**
 * A server process as far as the participant can tell: a transaction manager with a name, pools, a network of its own, a
 * resolver. Closing it is its death: nothing is tidied up.
 */
final class Node implements AutoCloseable {

    private static final AtomicInteger SEQUENCE = new AtomicInteger();

    final FaultyNetwork toProduct;
    final FaultyNetwork toOrders;

    private final Instance instance;
    private final String name;
    private final ParticipantDataSource product;
    private final ParticipantDataSource orders;

    Node(String name) {
        this(name, RealDatabase.PRODUCT, new Properties());
    }

    /** With a product database of its own. */
    Node(String name, RealDatabase productDatabase) {
        this(name, productDatabase, new Properties());
    }

    /** Another copy of the participant in the same process, if that is whose properties these are. */
    Node(String name, Properties process) {
        this(name, RealDatabase.PRODUCT, process);
    }

    private Node(String name, RealDatabase productDatabase, Properties process) {
        this.name = name;
        this.instance = new Instance(process);
        this.toProduct = productDatabase.network();
        this.toOrders = RealDatabase.ORDERS.network();
        this.product = dataSource(productDatabase, toProduct);
        this.orders = dataSource(RealDatabase.ORDERS, toOrders);
    }

    private ParticipantDataSource dataSource(RealDatabase database, FaultyNetwork network) {
        ParticipantDataSource source = new ParticipantDataSource(instance);
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {network.port()});
        source.setDatabaseName("postgres");
        source.setUser("postgres");
        source.setParticipantName(database.name());
        source.setResolverIntervalMillis(100);
        source.setAnswerTimeoutSeconds(1);
        source.setCommandTimeoutSeconds(2);
        return source;
    }

    /** What this process shows to its operator. */
    InDoubt inDoubt() {
        return instance.inDoubt();
    }

    /** Its transactions as parts of flows. */
    Flows flows() {
        return FlowParticipant.of(instance);
    }

    ParticipantDataSource productPool() {
        return product;
    }

    ParticipantDataSource ordersPool() {
        return orders;
    }

    /** A branch's work in the product database begins; the first one of a transaction is its commit point. */
    Work product(Xid transaction) throws Exception {
        return new Work(product.getXAConnection(), transaction);
    }

    /** A branch's work in the orders database begins. */
    Work orders(Xid transaction) throws Exception {
        return new Work(orders.getXAConnection(), transaction);
    }

    /** The pools are made, as at a server's start, and with them the resolver. */
    Node withPools() throws SQLException {
        product.getXAConnection().close();
        orders.getXAConnection().close();
        return this;
    }

    /** Its resolver makes one round, at its start, and then leaves everything to the operator. */
    Node withPatientResolver() {
        product.setResolverIntervalMillis(60_000);
        orders.setResolverIntervalMillis(60_000);
        return this;
    }

    /** The product pool leads to whichever of two servers is a primary, the one of before first. The networks stay the test's. */
    Node withProductAlsoBehind(FaultyNetwork network) {
        product.setServerNames(new String[] {"127.0.0.1", "127.0.0.1"});
        product.setPortNumbers(new int[] {toProduct.port(), network.port()});
        product.setTargetServerType("primary");
        product.setHostRecheckSeconds(0);
        return this;
    }

    /** A transaction id as Payara's JTS makes them: sequence, epoch, name of the server. */
    Xid begin() {
        byte[] serverName = name.getBytes(StandardCharsets.US_ASCII);
        byte[] id = ByteBuffer.allocate(8 + serverName.length)
                .putInt(SEQUENCE.incrementAndGet())
                .putInt((int) System.nanoTime())
                .put(serverName)
                .array();
        return GivenXid.transaction(id);
    }

    /** The application that brought this copy of the participant ends; its pools are still there. */
    void undeploy() {
        instance.close();
    }

    @Override
    public void close() {
        instance.close();
        try {
            toProduct.close();
            toOrders.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a transaction manager hands out. */
    @SuppressWarnings("ArrayRecordComponent") // only read
    record GivenXid(int formatId, byte[] globalId, byte[] qualifier, AtomicInteger enlisted) implements Xid {

        static GivenXid transaction(byte[] globalId) {
            return new GivenXid(GlobalId.JTS_FORMAT, globalId, new byte[0], new AtomicInteger());
        }

        /** The next branch, as JTS names it: the server's name, a comma, the number of resources enlisted before. */
        GivenXid branch() {
            return branchOf(new String(globalId, 8, globalId.length - 8, StandardCharsets.US_ASCII));
        }

        /** The next branch on another server than the one that began the transaction. */
        GivenXid branchOf(String server) {
            byte[] name = (server + ",").getBytes(StandardCharsets.US_ASCII);
            byte[] branch = Arrays.copyOf(name, name.length + 1);
            branch[name.length] = (byte) enlisted.getAndIncrement();
            return new GivenXid(formatId, globalId, branch, enlisted);
        }

        @Override
        public int getFormatId() {
            return formatId;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return globalId;
        }

        @Override
        public byte[] getBranchQualifier() {
            return qualifier;
        }
    }
}
