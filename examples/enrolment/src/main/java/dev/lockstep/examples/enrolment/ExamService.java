package dev.lockstep.examples.enrolment;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The textbook's {@code IExam}: the contract of service and client. */
public interface ExamService {

    /** Writes that a student sits an exam, in the caller's transaction if it has one. The same once more changes nothing. */
    @POST
    @Path("/exams")
    @TransactionFlow(TransactionFlowOption.ALLOWED)
    void addExam(Exam exam);

    /** {@return the exams that are committed, at most 50} */
    @GET
    @Path("/exams")
    List<Exam> exams();

    /** The service as its callers have it: it is on the server {@code exam}. */
    @RegisterRestClient(configKey = "exam")
    interface Client extends ExamService {}
}
