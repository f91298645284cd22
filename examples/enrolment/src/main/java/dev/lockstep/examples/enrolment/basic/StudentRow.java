package dev.lockstep.examples.enrolment.basic;

import static dev.lockstep.examples.enrolment.RefusedException.unlessMatching;

import dev.lockstep.examples.enrolment.Student;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** A row of the textbook's {@code T_Student}. */
@Entity(name = "T_Student")
public class StudentRow {

    @Id
    private String studentId;

    private String sex;
    private String college;
    private int age;

    /** For JPA. */
    protected StudentRow() {}

    StudentRow(Student student) {
        unlessMatching("[0-9]{1,20}", "studentId", student.studentId(), "1 to 20 digits");
        unlessMatching("男|女", "sex", student.sex(), "男 or 女");
        unlessMatching("[\\p{L}\\p{N} -]{1,50}", "college", student.college(), "1 to 50 letters, digits and spaces");
        unlessMatching("[1-9][0-9]|100", "age", student.age(), "10 to 100 years");
        studentId = student.studentId();
        sex = student.sex();
        college = student.college();
        age = student.age();
    }

    Student student() {
        return new Student(studentId, sex, college, age);
    }
}
