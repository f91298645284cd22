package dev.lockstep.product.control;

import org.eclipse.persistence.sessions.SessionEvent;
import org.eclipse.persistence.sessions.SessionEventAdapter;

/**
 * Whoever asks while the product database is away is told so at once, and asks again. EclipseLink would try a read outside a
 * transaction three times more, 5 s apart, with the request's thread asleep; no property switches that off. It is a
 * listener, since the interface of customizers moved to another package between EclipseLink 4.0.1 and 5.
 */
public class FailAtOnce extends SessionEventAdapter {

    @Override
    public void preLogin(SessionEvent event) {
        event.getSession().getLogin().setQueryRetryAttemptCount(0);
    }
}
