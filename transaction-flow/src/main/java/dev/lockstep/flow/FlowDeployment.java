package dev.lockstep.flow;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Tells the server that an application with flows comes and goes, and sees to it that no request leaves its transaction or a scope on the thread. The
 * jar's {@code web-fragment.xml} names it.
 */
public final class FlowDeployment implements ServletContextListener, ServletRequestListener {

    private static final Logger LOG = System.getLogger(FlowDeployment.class.getName());

    private AutoCloseable deployed = () -> {};

    /**
     * The application comes.
     *
     * @throws IllegalArgumentException if a setting is wrong; the server's log has the reason
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (FlowHere.isPresent()) {
            try {
                BodyLimit.from(System.getenv());
                deployed = FlowHere.server().deployed(FlowHere.application());
            } catch (RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        "No transaction flows to " + event.getServletContext().getContextPath(),
                        e);
                throw e;
            }
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            deployed.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "The flows of " + event.getServletContext().getContextPath() + " are not closed", e);
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        TransactionScope.endLeft("A request to " + event.getServletContext().getContextPath());
        if (event.getServletRequest().getAttribute(EnteredCall.PROPERTY) instanceof Runnable call) {
            call.run();
        }
    }
}
