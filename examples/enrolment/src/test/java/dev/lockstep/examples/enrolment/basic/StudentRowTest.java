package dev.lockstep.examples.enrolment.basic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.examples.enrolment.RefusedException;
import dev.lockstep.examples.enrolment.Student;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentRowTest {

    @Test
    void textbooksStudent_isRight() {
        Student student = new Student("11040342031", "男", "师范学院", 22);
        assertThat(new StudentRow(student).student()).isEqualTo(student);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            x           | 男   | 师范学院 | 22  | studentId is 'x', must be 1 to 20 digits
            null        | 男   | 师范学院 | 22  | studentId is 'null', must be 1 to 20 digits
            11040342031 | male | 师范学院 | 22  | sex is 'male', must be 男 or 女
            11040342031 | 男   | null     | 22  | college is 'null', must be 1 to 50 letters, digits and spaces
            11040342031 | 男   | 师范学院 | 9   | age is '9', must be 10 to 100 years
            11040342031 | 男   | 师范学院 | 101 | age is '101', must be 10 to 100 years
            """)
    void wrongData_isRefused_withFieldAndLimit(String id, String sex, String college, int age, String reason) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> new StudentRow(new Student(id, sex, college, age)))
                .withMessage(reason);
    }
}
