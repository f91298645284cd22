-- The textbook's names.
CREATE TABLE T_Student (
    StudentId varchar(20) PRIMARY KEY CONSTRAINT StudentId_is_a_number CHECK (StudentId ~ '^[0-9]+$'),
    Sex       varchar(1) NOT NULL CONSTRAINT Sex_is_known CHECK (Sex IN ('男', '女')),
    College   varchar(50) NOT NULL,
    Age       integer NOT NULL CONSTRAINT Age_is_a_students CHECK (Age BETWEEN 10 AND 100)
);
