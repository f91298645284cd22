package dev.lockstep.operator.boundary;

import dev.lockstep.operator.control.OperatorSessions;
import jakarta.inject.Inject;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Lets {@link OperatorAuthentication} tell who is logged in, as long as the application lives. */
@WebListener
public class SecurityStart implements ServletContextListener {

    private final OperatorSessions sessions;

    /**
     * The constructor the container uses.
     *
     * @param sessions knows who is logged in
     */
    @Inject
    public SecurityStart(OperatorSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        AuthConfigFactory.getFactory()
                .registerServerAuthModule(new OperatorAuthentication(sessions), event.getServletContext());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        AuthConfigFactory.getFactory().removeServerAuthModule(event.getServletContext());
    }
}
