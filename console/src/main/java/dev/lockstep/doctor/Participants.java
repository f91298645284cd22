package dev.lockstep.doctor;

import java.util.List;

/** The databases that the doctor examines. An application that wants to be examined has one bean of this type. */
public interface Participants {

    /** {@return each database, always in the same order} */
    List<ParticipantDatabase> all();
}
