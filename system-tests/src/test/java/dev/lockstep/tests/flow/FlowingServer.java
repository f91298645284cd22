package dev.lockstep.tests.flow;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.testing.FlowDistribution;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.PayaraProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** A Payara Micro with a part in flows. */
abstract class FlowingServer extends PayaraProcess {

    private final Address address;

    /**
     * One that does not run yet.
     *
     * @param name for messages
     * @param address where it listens
     * @param payara what is started
     */
    FlowingServer(String name, Address address, PayaraMicro payara) {
        super(name, payara);
        this.address = address;
    }

    /** What the build delivers. */
    static Path distribution() {
        return TestFolders.distribution().toAbsolutePath();
    }

    Address address() {
        return address;
    }

    @Override
    protected ProcessBuilder command() {
        ProcessBuilder builder = payara().command();
        List<String> words = builder.command();
        int libraries = words.indexOf("-cp") + 1;
        if (!words.get(libraries).contains(FlowDistribution.FLOW_SERVER)) {
            words.set(
                    libraries,
                    words.get(libraries) + File.pathSeparator + distribution().resolve(FlowDistribution.FLOW_SERVER));
        }
        // Boots in half the time; the protocol is the same.
        words.add(words.indexOf("-cp"), "-XX:TieredStopAtLevel=1");
        return builder;
    }

    /** The applications' listener is shut until they are deployed. */
    @Override
    protected boolean isServing() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.applicationPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
