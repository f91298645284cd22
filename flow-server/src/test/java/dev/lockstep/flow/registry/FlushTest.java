package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JPA writes before the answer (section 15, row 18): with a transaction that keeps entity managers as Payara's does. */
class FlushTest {

    @TempDir
    Path folder;

    private final List<String> calls = new ArrayList<>();
    private boolean isJoined = true;
    private boolean isRefused;
    private Servers servers;
    private Flow flow;

    @BeforeEach
    void start() throws Exception {
        servers = new Servers(folder);
        Server product = servers.product;
        Here here = new Here(
                Servers.CALM,
                product.peers(),
                product.flows(),
                product.manager(),
                product.manager().synchronizations(),
                servers.net.outbox("product", () -> true),
                new Workers());
        flow = new Flow(here, UUID.randomUUID(), Deadline.in(Servers.CALM.timeout()), new Presence(0));
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    /** What Payara's has. */
    public static final class Wrapper {

        private final EntityManager manager;

        Wrapper(EntityManager manager) {
            this.manager = manager;
        }

        public EntityManager getEM() {
            return manager;
        }
    }

    private EntityManager manager() {
        return (EntityManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (self, method, arguments) -> {
                    calls.add(method.getName());
                    if (isRefused && method.getName().equals("flush")) {
                        throw new PersistenceException("a constraint");
                    }
                    return method.getName().equals("isJoinedToTransaction") ? isJoined : null;
                });
    }

    /** A transaction with Payara's field. */
    private static class Bare implements Transaction {

        @Override
        public void commit() {}

        @Override
        public boolean delistResource(XAResource resource, int flag) {
            return true;
        }

        @Override
        public boolean enlistResource(XAResource resource) {
            return true;
        }

        @Override
        public int getStatus() {
            return 0;
        }

        @Override
        public void registerSynchronization(Synchronization synchronization) {}

        @Override
        public void rollback() {}

        @Override
        public void setRollbackOnly() {}
    }

    private static final class LikePayaras extends Bare {

        @SuppressWarnings("unused") // by its name
        private final Map<String, Wrapper> txEntityManagerMap;

        LikePayaras(Map<String, Wrapper> managers) {
            this.txEntityManagerMap = managers;
        }
    }

    private boolean isFlushed(Transaction transaction) {
        flow.began(transaction);
        return new Flush().flushed(flow);
    }

    @Test
    void deferredWorkIsWritten() {
        assertThat(isFlushed(new LikePayaras(Map.of("unit", new Wrapper(manager())))))
                .isTrue();
        assertThat(calls).contains("flush");
    }

    @Test
    void whoHasNotJoinedIsLeftAlone() {
        isJoined = false;
        assertThat(isFlushed(new LikePayaras(Map.of("unit", new Wrapper(manager())))))
                .isTrue();
        assertThat(calls).doesNotContain("flush");
    }

    @Test
    void whatCannotBeWrittenDooms() {
        isRefused = true;
        assertThat(isFlushed(new LikePayaras(Map.of("unit", new Wrapper(manager())))))
                .isFalse();
    }

    @Test
    void withoutJpaThereIsNothingToWrite() {
        assertThat(isFlushed(new LikePayaras(null))).isTrue();
        assertThat(isFlushed(new Bare())).as("another server's transaction").isTrue();
    }
}
