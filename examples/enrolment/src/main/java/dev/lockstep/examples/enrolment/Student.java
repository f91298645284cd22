package dev.lockstep.examples.enrolment;

/** The textbook's {@code T_Student}. The id has 1 to 20 digits, the sex is {@code 男} or {@code 女}, and the age is in years. */
public record Student(String studentId, String sex, String college, int age) {}
