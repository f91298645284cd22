-- The textbook's names.
CREATE TABLE T_Exam (
    ExamId    varchar(20) PRIMARY KEY,
    ExamRoom  varchar(20) NOT NULL,
    StudentId varchar(20) NOT NULL CONSTRAINT StudentId_is_a_number CHECK (StudentId ~ '^[0-9]+$')
);
