package dev.lockstep.shop.remote;

import jakarta.ejb.EJBException;

/** A service did not answer, or not as a service does. It is what a local service throws that its container could not call. */
public class ServiceAwayException extends EJBException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message which service, and what it did
     * @param cause what the client threw, or null
     */
    public ServiceAwayException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
