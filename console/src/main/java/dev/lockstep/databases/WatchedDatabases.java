package dev.lockstep.databases;

import java.util.Map;
import javax.sql.DataSource;

/** The databases of an application with the console in its own archive, which has one bean of this type; else {@link ConsoleSettings} names them. */
public interface WatchedDatabases {

    /** {@return the datasource of each database, by the name that its participant has} */
    Map<String, DataSource> byName();

    /** {@return which of them keeps the operators} */
    String ofOperators();
}
