package dev.lockstep.launcher.payara;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.process.Isolation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The classes that a server loads while it starts, as the JVM itself archives them: a server that maps them need not read,
 * parse and verify them. The first start writes down which they are, and an archive is made of the list once that server is
 * ready. Its name tells of which JVM and of which jars it is, so after an upgrade there is none and the next one is made. The JVM
 * checks it, too, and does without an archive that does not fit.
 */
final class ClassArchive {

    private static final String PREFIX = "classes-";
    private static final String SUFFIX = ".jsa";

    /** Of a version that knew one kind of server only. */
    private static final String OF_EARLIER_VERSION = PREFIX + "????????" + SUFFIX + "*";

    private final UnpackedMicro micro;

    /** Servers of one home may have different libraries, as the shop and a plan's servers have; each kind has an archive. */
    private final String kind;

    private final Path file;
    private final Path length;

    /**
     * The archive of a server, which need not be there yet.
     *
     * @param micro the server
     * @throws StartException if a jar of its class path cannot be read
     */
    ClassArchive(UnpackedMicro micro) {
        this.micro = micro;
        this.kind = PREFIX
                + sum(micro.classPath().stream()
                        .map(jar -> jar.getFileName().toString())
                        .collect(Collectors.joining("\n")))
                + "-";
        this.file = micro.home().resolve(kind + fingerprint(micro.classPath()) + SUFFIX);
        this.length = file.resolveSibling(file.getFileName() + ".length");
    }

    /**
     * Tells whether there is one that a server can be given. The JVM checks much itself, but one that was cut off (a full disk, a power cut)
     * ends a JVM with the serial collector, which servers have, by a SIGBUS.
     *
     * @return whether it is there, and as long as it was made
     */
    boolean isThere() {
        try {
            return Files.exists(file) && Files.readString(length).equals(Long.toString(Files.size(file)));
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return options of the JVM for a server that uses the archive} */
    List<String> use() {
        // Checked as a whole, since a file that a disk has spoilt would end the JVM in the midst of its work.
        return List.of("-XX:SharedArchiveFile=" + file, "-XX:+VerifySharedSpaces", "-Xlog:cds=off");
    }

    /**
     * What a server is started with that writes down its classes.
     *
     * @param classes the file to write
     * @return options of the JVM
     */
    static List<String> writeDown(Path classes) {
        return List.of("-XX:DumpLoadedClassList=" + classes);
    }

    /**
     * Makes the archive, in a process of its own that takes what processor time others leave; returns when it is there. If another
     * launcher that shares the folder is making it, nothing happens.
     *
     * @param classes the list that a server has written
     * @return whether it was made here
     * @throws StartException if it cannot be made
     */
    boolean make(Path classes) {
        try (FileChannel channel = FileChannel.open(
                        file.resolveSibling("class-archive.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null || isThere()) {
                return false;
            }
            deleteOthers();
            dump(classes);
            return true;
        } catch (IOException e) {
            throw new StartException("The archive of classes was not made: " + Reason.of(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("The archive of classes was not made, the launcher ends", e);
        }
    }

    private void dump(Path classes) throws IOException, InterruptedException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Path log = file.resolveSibling("class-archive.log");
        Path archived = classes.resolveSibling(classes.getFileName() + ".archived");
        Files.write(archived, whatCanBeArchived(classes));
        List<String> command = new ArrayList<>(Isolation.tiedToLauncher("KILL"));
        command.addAll(Isolation.inBackground());
        command.addAll(List.of(
                java(), "-Xshare:dump", "-XX:SharedClassListFile=" + archived, "-XX:SharedArchiveFile=" + unfinished));
        command.addAll(micro.classPathWords());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (awaitEnd(process) != 0 || !Files.exists(unfinished)) {
            throw new StartException("The archive of classes was not made; the log: " + log);
        }
        Files.writeString(length, Long.toString(Files.size(unfinished)));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> whatCanBeArchived(Path classes) throws IOException {
        VersionedClasses versioned = new VersionedClasses(micro.jars());
        return Files.readAllLines(classes).stream()
                .filter(line -> !versioned.areNamedIn(line))
                .toList();
    }

    /** The launcher leaves no process behind, also if it is ended meanwhile. */
    private static int awaitEnd(Process process) throws InterruptedException {
        Thread stop = new Thread(() -> process.destroyForcibly().onExit().join(), "stop archiving");
        try {
            Runtime.getRuntime().addShutdownHook(stop);
        } catch (IllegalStateException e) {
            process.destroyForcibly(); // the launcher is ending already
        }
        int code = process.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            throw new InterruptedException("the launcher is ending");
        }
        return code;
    }

    /** {@return the program that runs the server} */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Those of earlier versions are large, and of no more use. */
    private void deleteOthers() throws IOException {
        for (String useless : List.of(kind + "*", OF_EARLIER_VERSION)) {
            try (DirectoryStream<Path> archives = Files.newDirectoryStream(micro.home(), useless)) {
                for (Path archive : archives) {
                    Files.delete(archive);
                }
            }
        }
    }

    /** What the JVM compares, too: its own version, and for each jar place, size and time. And what is archived, which was more once. */
    private static String fingerprint(List<Path> classPath) {
        List<String> facts =
                new ArrayList<>(List.of("no versioned classes", java(), System.getProperty("java.vm.version")));
        try {
            for (Path jar : classPath) {
                facts.add(jar + " " + Files.size(jar) + " "
                        + Files.getLastModifiedTime(jar).toMillis());
            }
        } catch (IOException e) {
            throw new StartException("Cannot read a jar of the server: " + Reason.of(e), e);
        }
        return sum(String.join("\n", facts));
    }

    private static String sum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
