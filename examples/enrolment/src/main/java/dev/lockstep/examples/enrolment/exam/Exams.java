package dev.lockstep.examples.enrolment.exam;

import dev.lockstep.examples.enrolment.Exam;
import dev.lockstep.examples.enrolment.ExamService;
import dev.lockstep.examples.enrolment.RefusedException;
import dev.lockstep.web.Problem;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The textbook's {@code ExamService}: {@code REQUIRED} is its {@code TransactionScopeRequired}, and JPA its Entity Framework. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRED)
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class Exams implements ExamService {

    @PersistenceContext
    EntityManager database;

    @Override
    public void addExam(Exam exam) {
        ExamRow row = new ExamRow(exam);
        ExamRow written = database.find(ExamRow.class, exam.examId());
        if (written == null) {
            database.persist(row);
            database.flush(); // the textbook's SaveChanges()
        } else if (!written.exam().equals(exam)) {
            throw new RefusedException(new Problem("taken", 409, "Id taken", "There is " + written.exam()));
        }
    }

    @Override
    public List<Exam> exams() {
        return database.createQuery("SELECT e FROM T_Exam e ORDER BY e.examId", ExamRow.class)
                .setMaxResults(50)
                .getResultStream()
                .map(ExamRow::exam)
                .toList();
    }
}
