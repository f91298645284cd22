package dev.lockstep.examples.bank;

import dev.lockstep.web.Problem;
import jakarta.ejb.ApplicationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A no: the transaction can only roll back, and the answer, a 409, tells why. */
@ApplicationException(rollback = true)
public class RefusedException extends WebApplicationException {

    /** Refuses; the type is for programs, the detail for people. */
    public RefusedException(String type, String detail) {
        super(
                detail,
                Response.status(Response.Status.CONFLICT)
                        .type(Problem.MEDIA_TYPE)
                        .entity(new Problem(type, 409, "Refused", detail).json().toString())
                        .build());
    }
}
