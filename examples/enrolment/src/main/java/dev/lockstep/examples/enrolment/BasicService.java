package dev.lockstep.examples.enrolment;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The textbook's {@code IBasic}: the contract of service and client. */
public interface BasicService {

    /** Writes a student, in the caller's transaction if it has one. The same once more changes nothing. */
    @POST
    @Path("/students")
    @TransactionFlow(TransactionFlowOption.ALLOWED)
    void addBasic(Student student);

    /** {@return the students that are committed, at most 50} */
    @GET
    @Path("/students")
    List<Student> students();

    /** The service as its callers have it: it is on the server {@code basic}. */
    @RegisterRestClient(configKey = "basic")
    interface Client extends BasicService {}
}
