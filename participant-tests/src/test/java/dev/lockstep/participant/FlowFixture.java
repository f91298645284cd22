package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two servers, each with the one database that it alone reaches, and a client without any; they ask each other. */
abstract class FlowFixture extends ProtocolFixture {

    private static final String PRODUCT_SERVER = "product,server,P100";
    private static final String ORDER_SERVER = "order,server,P100";

    Node productServer;
    Node orderServer;
    Node client;

    private final List<Node> living = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startServers() throws Exception {
        node.close(); // it reaches both
        productServer = startProductServer();
        orderServer = startOrderServer();
        client = started(new Node("client,server,P100"));
    }

    Node startProductServer() throws SQLException {
        Node server = new Node(PRODUCT_SERVER);
        server.productPool().getXAConnection().close();
        return started(server);
    }

    Node startOrderServer() throws SQLException {
        Node server = new Node(ORDER_SERVER);
        server.ordersPool().getXAConnection().close();
        return started(server);
    }

    Node started(Node server) {
        living.add(server);
        server.flows().askElsewhere(new Peers(server));
        return server;
    }

    void kill(Node server) {
        living.remove(server);
        server.close();
    }

    @AfterEach
    @Override
    void nothingIsInDoubt() {
        try {
            super.nothingIsInDoubt();
        } finally {
            living.forEach(Node::close);
        }
    }

    /** The decisions that nobody forgets but on the superior's word, or by age. */
    void outlive(RealDatabase database) {
        database.execute("DELETE FROM xa_decision");
    }

    String onlyBranch(RealDatabase database) {
        return database.prepared().stream().map(BranchId::label).toList().toString();
    }

    void assertPrepared(String inProduct, String inOrders) {
        assertThat(List.of(onlyBranch(productDatabase), onlyBranch(ordersDatabase)))
                .containsExactly("[" + inProduct + "]", "[" + inOrders + "]");
    }

    /** All other living servers. */
    private final class Peers implements DecisionSource {

        private final Node asking;

        Peers(Node asking) {
            this.asking = asking;
        }

        /** A question to one of them. */
        private interface Question<T> {
            Optional<T> to(Node peer) throws SQLException;
        }

        private <T> T ask(ParticipantId database, Question<T> question) throws SQLException {
            for (Node peer : living) {
                Optional<T> answer = peer == asking ? Optional.empty() : question.to(peer);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            throw new SQLException("no peer reaches " + database);
        }

        @Override
        public Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
                throws SQLException {
            return ask(commitPoint, peer -> peer.flows().decisions(commitPoint, ids));
        }

        @Override
        public Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException {
            return ask(database, peer -> peer.flows().prepared(database, ids));
        }
    }
}
