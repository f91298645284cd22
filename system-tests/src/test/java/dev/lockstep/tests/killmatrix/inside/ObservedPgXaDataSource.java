package dev.lockstep.tests.killmatrix.inside;

import java.sql.SQLException;
import javax.sql.XAConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXADataSource;

/** pgjdbc's own class, for the comparison with Payara's log; its steps are told, so that they can be held at the same points. */
public class ObservedPgXaDataSource extends PGXADataSource {

    private static final long serialVersionUID = 1L;

    /** The steps call the database by its name, which here is the participant's, too. */
    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        return new ObservedPgXaConnection((BaseConnection) super.getConnection(user, password), getDatabaseName());
    }
}
