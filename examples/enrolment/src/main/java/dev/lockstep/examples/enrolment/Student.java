package dev.lockstep.examples.enrolment;

/**
 * The textbook's {@code T_Student}.
 *
 * @param studentId the student's id, 1 to 20 digits
 * @param sex {@code 男} or {@code 女}
 * @param college where the student learns, 1 to 50 characters
 * @param age in years, 10 to 100
 */
public record Student(String studentId, String sex, String college, int age) {}
