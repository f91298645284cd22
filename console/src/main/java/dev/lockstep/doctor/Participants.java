package dev.lockstep.doctor;

import java.util.List;

/** What the doctor examines. An application that wants to be examined has one bean of this type. */
public interface Participants {

    /** {@return each database, always in the same order} */
    List<ParticipantDatabase> all();

    /** {@return what is wrong with the application's own settings, each with name, value and limit; nothing by default} */
    default List<String> wrongSettings() {
        return List.of();
    }
}
