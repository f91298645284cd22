package dev.lockstep.product.control;

import org.eclipse.persistence.sessions.Session;
import org.eclipse.persistence.sessions.SessionCustomizer;

/**
 * Whoever asks while the product database is away is told so at once, and asks again. EclipseLink would try a read outside a
 * transaction three times more, 5 s apart, with the request's thread asleep; no property switches that off.
 */
public class FailAtOnce implements SessionCustomizer {

    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
