package dev.lockstep.benchmarks;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.process.Supervised;
import dev.lockstep.launcher.testing.FlowDistribution;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A server of one service, or one that only calls others. It is ready when its application's listener is open, as one without a database has
 * no check of databases.
 *
 * @param name its node's
 * @param url where its application is
 * @param distribution what it is made of
 * @param payara the server
 */
record FlowNode(String name, URI url, Path distribution, PayaraMicro payara) implements Supervised {

    @Override
    public ProcessBuilder command() {
        ProcessBuilder builder = payara.command();
        List<String> words = builder.command();
        int libraries = words.indexOf("-cp") + 1;
        if (!words.get(libraries).contains(FlowDistribution.FLOW_SERVER)) {
            words.set(
                    libraries,
                    words.get(libraries) + File.pathSeparator + distribution.resolve(FlowDistribution.FLOW_SERVER));
        }
        return builder;
    }

    @Override
    public Path log() {
        return payara.log();
    }

    @Override
    public boolean isReady() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            return socket.isConnected() && payara.answers();
        } catch (IOException e) {
            return false; // its listener is shut until the application is deployed
        }
    }

    @Override
    public boolean answers() {
        return payara.answers();
    }

    @Override
    public Optional<String> failure() {
        return payara.failure();
    }

    @Override
    public boolean hasFailedByChance() {
        return payara.hasFailedByChance();
    }

    @Override
    public Duration startLimit() {
        return payara.startLimit();
    }

    @Override
    public void requestStop(Process process) {
        payara.requestStop(process);
    }
}
