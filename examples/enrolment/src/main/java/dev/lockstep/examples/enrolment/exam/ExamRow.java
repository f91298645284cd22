package dev.lockstep.examples.enrolment.exam;

import static dev.lockstep.examples.enrolment.RefusedException.unlessMatching;

import dev.lockstep.examples.enrolment.Exam;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of the textbook's {@code T_Exam}. */
@Entity(name = "T_Exam")
public class ExamRow {

    @Id
    private String examId;

    private String examRoom;
    private String studentId;

    /** For JPA. */
    protected ExamRow() {}

    ExamRow(Exam exam) {
        unlessMatching("[\\p{L}\\p{N}-]{1,20}", "examId", exam.examId(), "1 to 20 letters, digits and hyphens");
        unlessMatching("[\\p{L}\\p{N}-]{1,20}", "examRoom", exam.examRoom(), "1 to 20 letters, digits and hyphens");
        unlessMatching("[0-9]{1,20}", "studentId", exam.studentId(), "1 to 20 digits");
        examId = exam.examId();
        examRoom = exam.examRoom();
        studentId = exam.studentId();
    }

    Exam exam() {
        return new Exam(examId, examRoom, studentId);
    }
}
