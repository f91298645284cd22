package dev.lockstep.examples.enrolment.client;

import dev.lockstep.examples.enrolment.BasicService;
import dev.lockstep.examples.enrolment.Exam;
import dev.lockstep.examples.enrolment.ExamService;
import dev.lockstep.examples.enrolment.RefusedException;
import dev.lockstep.examples.enrolment.Student;
import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionInDoubtException;
import dev.lockstep.flow.TransactionScope;
import dev.lockstep.web.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The textbook's client: two services on other servers, and a scope around both calls. */
@Dependent
@Path("/enrolments")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class Enrolments {

    private final ExamService examService;
    private final BasicService basicService;

    /** The services are on the servers {@code exam} and {@code basic}. */
    @Inject
    public Enrolments(@RestClient ExamService.Client examService, @RestClient BasicService.Client basicService) {
        this.examService = examService;
        this.basicService = basicService;
    }

    /** What the page asks for: a call is left out if it has nothing to add, and the scope may be left without {@code complete()}. */
    public record Enrolment(Exam exam, Student student, boolean complete) {}

    /** What is committed; null of a service that does not answer. */
    public record Written(List<Exam> exams, List<Student> students) {}

    /** Answers 201: all is written; 400 or 409: nothing is, nor will be, of this try; 202: not known yet. */
    @POST
    public Response enrol(Enrolment enrolment) {
        try (TransactionScope scope = TransactionScope.required(Duration.ofSeconds(20))) {
            if (enrolment.exam() != null) {
                examService.addExam(enrolment.exam());
            }
            if (enrolment.student() != null) {
                basicService.addBasic(enrolment.student());
            }
            if (!enrolment.complete()) {
                return no("not-complete", "The scope was left without complete()");
            }
            scope.complete();
        } catch (TransactionInDoubtException e) {
            return Response.accepted("{\"outcome\":\"IN_DOUBT\"}").build();
        } catch (WebApplicationException e) {
            return refusal(e.getResponse());
        } catch (TransactionAbortedException | ProcessingException e) {
            return no("not-enrolled", e.getMessage());
        }
        return Response.status(Response.Status.CREATED).entity("{}").build();
    }

    /** {@return what is committed now, in two databases that are asked one after the other} */
    @GET
    public Written written() {
        return new Written(orNull(examService::exams), orNull(basicService::students));
    }

    private static <T> T orNull(Supplier<T> question) {
        try {
            return question.get();
        } catch (ProcessingException | WebApplicationException e) {
            return null;
        }
    }

    /** A service's own words, unless it failed. */
    private static Response refusal(Response told) {
        if (told.getStatus() >= 500) {
            return no("not-enrolled", "A service failed, with status " + told.getStatus());
        }
        return Response.status(told.getStatus())
                .type(Problem.MEDIA_TYPE)
                .entity(told.readEntity(String.class))
                .build();
    }

    private static Response no(String type, String detail) {
        return RefusedException.answer(new Problem(type, 409, "Not enrolled", detail));
    }
}
