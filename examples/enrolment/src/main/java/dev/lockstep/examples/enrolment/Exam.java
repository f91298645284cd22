package dev.lockstep.examples.enrolment;

/** The textbook's {@code T_Exam}. Its id and its room have 1 to 20 letters or digits, and the student's id 1 to 20 digits. */
public record Exam(String examId, String examRoom, String studentId) {}
