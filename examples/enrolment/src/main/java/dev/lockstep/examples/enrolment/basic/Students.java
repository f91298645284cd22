package dev.lockstep.examples.enrolment.basic;

import dev.lockstep.examples.enrolment.BasicService;
import dev.lockstep.examples.enrolment.RefusedException;
import dev.lockstep.examples.enrolment.Student;
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

/** The textbook's {@code BasicService}: {@code REQUIRED} is its {@code TransactionScopeRequired}, and JPA its Entity Framework. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRED)
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class Students implements BasicService {

    @PersistenceContext
    EntityManager database;

    @Override
    public void addBasic(Student student) {
        StudentRow row = new StudentRow(student);
        StudentRow written = database.find(StudentRow.class, student.studentId());
        if (written == null) {
            database.persist(row);
            database.flush(); // the textbook's SaveChanges()
        } else if (!written.student().equals(student)) {
            throw new RefusedException(new Problem("taken", 409, "Id taken", "There is " + written.student()));
        }
    }

    @Override
    public List<Student> students() {
        return database.createQuery("SELECT s FROM T_Student s ORDER BY s.studentId", StudentRow.class)
                .setMaxResults(50)
                .getResultStream()
                .map(StudentRow::student)
                .toList();
    }
}
