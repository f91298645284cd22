package dev.lockstep.examples.enrolment;

/**
 * The textbook's {@code T_Exam}.
 *
 * @param examId its id, 1 to 20 characters
 * @param examRoom where it is, 1 to 20 characters
 * @param studentId who sits it, 1 to 20 digits
 */
public record Exam(String examId, String examRoom, String studentId) {}
