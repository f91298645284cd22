package dev.lockstep.launcher;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.settings.Setting;
import dev.lockstep.launcher.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Tells before a server is started whether it can listen. */
final class Ports {

    private Ports() {}

    /**
     * Requires that all can listen that a launcher starts.
     *
     * @throws StartException if one cannot
     */
    static void requireFree(Settings settings) {
        requireFree(Setting.HTTP_PORT, settings.httpAddress(), settings.httpPort());
        if (settings.product().isEmbedded()) {
            requireFree(
                    Setting.PRODUCT_DB_PORT,
                    DatabaseSettings.LOOPBACK,
                    settings.product().port());
        }
        if (settings.orders().isEmbedded()) {
            requireFree(
                    Setting.ORDERS_DB_PORT,
                    DatabaseSettings.LOOPBACK,
                    settings.orders().port());
        }
    }

    /**
     * Requires that a server can listen.
     *
     * @param setting the variable that gives the port
     * @param address where it listens
     * @param port the port
     * @throws StartException if it cannot
     */
    static void requireFree(Setting setting, String address, int port) {
        try {
            InetAddress local = InetAddress.getByName(address);
            if (!local.isAnyLocalAddress() && NetworkInterface.getByInetAddress(local) == null) {
                throw new UnknownHostException("no network interface has it");
            }
            new ServerSocket(port, 1, local).close();
        } catch (UnknownHostException e) {
            throw new StartException(
                    Setting.HTTP_ADDRESS.variable() + "=" + address + " must be an address of this machine: "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new StartException(
                    setting.variable() + "=" + port + " cannot be used on " + address + ": " + e.getMessage()
                            + "; stop the program that has it or choose another port, 1 to 65535",
                    e);
        }
    }
}
