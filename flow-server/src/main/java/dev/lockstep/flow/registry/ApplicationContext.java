package dev.lockstep.flow.registry;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedTask;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * What an application's thread has around it: its class loader, its names, its invocation. A worker that ends the application's transaction
 * needs it, since JPA writes and asks for connections then.
 */
final class ApplicationContext {

    private static final Logger LOG = System.getLogger(ApplicationContext.class.getName());

    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final Executor contextual;

    ApplicationContext(Executor contextual) {
        this.contextual = contextual;
    }

    /** Where there is no container, as in unit tests, the class loader alone. */
    @SuppressWarnings("BanJNDI") // the name is a constant, and local
    static ApplicationContext ofThisThread() {
        Executor plain = Runnable::run;
        try {
            ContextService service = InitialContext.doLookup("java:comp/DefaultContextService");
            Map<String, String> keepsTransaction =
                    Map.of(ManagedTask.TRANSACTION, ManagedTask.USE_TRANSACTION_OF_EXECUTION_THREAD);
            return new ApplicationContext(service.createContextualProxy(plain, keepsTransaction, Executor.class));
        } catch (NamingException | RuntimeException e) {
            LOG.log(Level.DEBUG, "no context of an application here: {0}", e.toString());
            return new ApplicationContext(plain);
        }
    }

    /** Runs a task once, in the context; without it, if the application is gone. */
    void run(Runnable task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        Once once = new Once(task);
        thread.setContextClassLoader(loader);
        try {
            contextual.execute(once);
        } catch (RuntimeException e) { // whatever the container says: a flow that nobody ends would stay open
            LOG.log(Level.DEBUG, "the application is gone", e);
            once.runUnlessBegun(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The task of one thread. */
    private static final class Once implements Runnable {

        private final Runnable task;
        private boolean isBegun;

        Once(Runnable task) {
            this.task = task;
        }

        /** A failure of its own stays one. */
        void runUnlessBegun(RuntimeException failure) {
            if (isBegun) {
                throw failure;
            }
            run();
        }

        @Override
        public void run() {
            if (!isBegun) {
                isBegun = true;
                task.run();
            }
        }
    }
}
