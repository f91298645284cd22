package dev.lockstep.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Where it was measured. */
final class Machine {

    private static final int WRITES = 500;
    private static final int PAGE = 8192;

    private Machine() {}

    /** {@return system, versions, disk and settings, as a list in Markdown} */
    static String description(List<Candidate> candidates) throws IOException, SQLException {
        Installation first = candidates.get(0).installation();
        Installation second = candidates.get(1).installation();
        String ofSecond = first.equals(second)
                ? ""
                : "- The second's databases: PostgreSQL " + second.books().setting("server_version") + ", fsync="
                        + second.books().setting("fsync") + ", synchronous_commit="
                        + second.books().setting("synchronous_commit") + "\n";
        return description(first) + ofSecond;
    }

    /** {@return the same of an installation alone} */
    static String description(Installation installation) throws IOException, SQLException {
        Books books = installation.books();
        return Stream.of(
                        "System: " + system() + ", " + Runtime.getRuntime().availableProcessors()
                                + " processors for clients, server and databases together",
                        "Java " + System.getProperty("java.runtime.version") + ", Payara Micro "
                                + System.getProperty("payara.version") + ", PostgreSQL "
                                + books.setting("server_version"),
                        "PostgreSQL: "
                                + settings(
                                        books,
                                        List.of(
                                                "fsync",
                                                "synchronous_commit",
                                                "full_page_writes",
                                                "wal_sync_method",
                                                "shared_buffers",
                                                "max_connections",
                                                "max_prepared_transactions")),
                        "Disk of the data folders, a page of 8 kB written and forced (fdatasync): "
                                + forced(installation.folder().resolve("forced")))
                .map(line -> "- " + line + "\n")
                .collect(Collectors.joining());
    }

    private static String system() throws IOException {
        Path release = Path.of("/etc/os-release");
        String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
        if (!Files.exists(release)) {
            return kernel;
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("PRETTY_NAME="))
                            .map(line -> line.replaceAll("PRETTY_NAME=|\"", "") + ", ")
                            .collect(Collectors.joining())
                    + kernel;
        }
    }

    private static String settings(Books books, List<String> names) throws SQLException {
        StringBuilder settings = new StringBuilder();
        for (String name : names) {
            settings.append(settings.isEmpty() ? "" : ", ")
                    .append(name)
                    .append('=')
                    .append(books.setting(name));
        }
        return settings.toString();
    }

    /** Over a file that has its full length already, as PostgreSQL writes its log. */
    private static String forced(Path file) throws IOException {
        Histogram micros = new Histogram(3);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
            channel.write(ByteBuffer.allocate(WRITES * PAGE));
            channel.force(true);
            for (int page = 0; page < WRITES; page++) {
                long began = System.nanoTime();
                channel.write(ByteBuffer.allocate(PAGE), (long) page * PAGE);
                channel.force(false);
                micros.recordValue((System.nanoTime() - began) / 1000);
            }
        }
        return String.format(
                Locale.ROOT,
                "p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                micros.getValueAtPercentile(50) / 1000.0,
                micros.getValueAtPercentile(99) / 1000.0,
                micros.getMaxValue() / 1000.0);
    }
}
