package dev.lockstep.participant;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;

/**
 * Hears that the web application whose class loader loaded this copy of the participant is undeployed: web containers then deregister the JDBC
 * drivers that it has left behind, and {@link DriverManager} tells this one. It is no driver for any address.
 *
 * <p>In the server's own library it hears nothing, for there the participant lives as long as the server.
 */
final class EndOfApplication implements Driver {

    private EndOfApplication() {}

    /**
     * Waits for the end.
     *
     * @param whenEnded called once, by the thread that undeploys
     * @throws SQLException if the drivers cannot be registered now
     */
    static void await(Runnable whenEnded) throws SQLException {
        DriverManager.registerDriver(new EndOfApplication(), whenEnded::run);
    }

    @Override
    public Connection connect(String url, Properties info) {
        return null; // the JDBC API's word for: not for this driver
    }

    @Override
    public boolean acceptsURL(String url) {
        return false;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("It is no driver");
    }
}
