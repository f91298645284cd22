package dev.lockstep.examples.enrolment;

import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.Problem;
import jakarta.ejb.ApplicationException;
import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A no: the transaction can only roll back, and the answer tells why. */
@ApplicationException(rollback = true)
public class RefusedException extends WebApplicationException {

    /** Refuses, with the problem as the answer. */
    public RefusedException(Problem problem) {
        super(problem.detail(), answer(problem));
    }

    /** Refuses a field whose value does not match. */
    public static void unlessMatching(String pattern, String field, Object value, String limit) {
        if (value == null || !value.toString().matches(pattern)) {
            String detail = field + " is '" + HttpProblems.echo(String.valueOf(value)) + "', must be " + limit;
            throw new RefusedException(new Problem(
                    "wrong-data",
                    400,
                    "Wrong data",
                    detail,
                    Json.createObjectBuilder().add("field", field).build()));
        }
    }

    /** {@return a problem as an answer} */
    public static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.json().toString())
                .build();
    }
}
