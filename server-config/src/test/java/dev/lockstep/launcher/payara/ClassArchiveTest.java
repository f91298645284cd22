package dev.lockstep.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a server of one class, packed as Payara Micro is, in real JVMs. */
class ClassArchiveTest {

    /** That server. */
    static final class Greeting {

        private Greeting() {}

        /** Ends at once, with a code that nothing else has. */
        public static void main(String[] arguments) {
            int none = arguments.length;
            Consumer<ForLaterJava> end = later -> Runtime.getRuntime().exit(later.code() + none);
            end.accept(new ForLaterJava());
        }
    }

    /** Its library has this class for later versions of Java only, as PostgreSQL's driver has some. */
    static final class ForLaterJava {

        int code() {
            return GREETED;
        }
    }

    /** Another launcher that shares the folder, as far as the archive can tell: it is at work until its input ends. */
    static final class OtherLauncher {

        private OtherLauncher() {}

        /** The argument is the file that it locks, of which it then tells. */
        public static void main(String[] arguments) throws IOException {
            try (FileChannel file = FileChannel.open(
                            Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock();
                    OutputStream told = new FileOutputStream(FileDescriptor.out)) {
                told.write(lock.isValid() ? LOCKED : 0);
                System.in.read();
            }
        }
    }

    private static final int GREETED = 42;
    private static final int LOCKED = 7;
    private static final String CLASS_FILE = fileOf(Greeting.class);

    @TempDir
    Path folder;

    private Path packed;
    private Path library;

    @BeforeEach
    void packAServer() throws IOException {
        packed = folder.resolve("packed.jar");
        library = folder.resolve("library.jar");
        Path inner = folder.resolve("inner.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(inner))) {
            add(jar, CLASS_FILE, bytesOf(Greeting.class));
        }
        Manifest versions = new Manifest();
        versions.getMainAttributes().putValue("Manifest-Version", "1.0");
        versions.getMainAttributes().putValue("Multi-Release", "true");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(library), versions)) {
            add(jar, "META-INF/versions/11/" + fileOf(ForLaterJava.class), bytesOf(ForLaterJava.class));
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Add-Opens", "java.base/java.lang java.base/java.util");
        manifest.getMainAttributes().putValue("Add-Exports", "java.base/jdk.internal.ref");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(packed), manifest)) {
            add(jar, "MICRO-INF/runtime/inner.jar", Files.readAllBytes(inner));
            add(jar, "MICRO-INF/runtime/adapter.rar", "adapter".getBytes(StandardCharsets.UTF_8));
            add(
                    jar,
                    "MICRO-INF/domain/branding/glassfish-version.properties",
                    "major_version=6\nminor_version=2025\nupdate_version=10\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void firstStart_hasNone_theNextTakesItsClassesFromIt() throws Exception {
        ClassArchive archive = new ClassArchive(micro());
        assertThat(archive.isThere()).isFalse();
        Path classes = folder.resolve("classes.list");
        start(ClassArchive.writeDown(classes));

        archive.make(classes);

        assertThat(archive.isThere()).isTrue();
        assertThat(start(archive.use())).contains(Greeting.class.getName() + " source: shared objects file");
    }

    /** Scenario: a user has the JVM write a flight recording; an agent would look at the classes in the same way. Expected outcome: it lives. */
    @Test
    void recording_canBeMade() throws Exception {
        List<String> options = new ArrayList<>(made().use());
        options.add("-XX:StartFlightRecording");

        assertThat(start(options)).contains(Greeting.class.getName() + " source: shared objects file");
    }

    /** Scenario: two launchers share the folder, and the other one makes the archive. Expected outcome: it is made once. */
    @Test
    void otherLauncherThatMakesIt_isLeftAlone() throws Exception {
        ClassArchive archive = new ClassArchive(micro());
        Path classes = folder.resolve("classes.list");
        start(ClassArchive.writeDown(classes));
        Process other = new ProcessBuilder(
                        ClassArchive.java(),
                        "-cp",
                        Path.of(OtherLauncher.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        OtherLauncher.class.getName(),
                        micro().home().resolve("class-archive.lock").toString())
                .start();
        try {
            assertThat(other.getInputStream().read()).isEqualTo(LOCKED);
            assertThat(archive.make(classes)).isFalse();
            assertThat(archive.isThere()).isFalse();
        } finally {
            other.getOutputStream().close();
            other.waitFor();
        }

        assertThat(archive.make(classes)).isTrue();
        assertThat(archive.make(classes)).as("once more").isFalse();
    }

    /** Of the other version the JVM would not take it, and would be as slow as before at every start. */
    @Test
    void upgrade_makesAnotherAndDropsTheOld() throws Exception {
        ClassArchive old = made();
        touch(library);
        assertThat(new ClassArchive(micro()).isThere()).isFalse();

        ClassArchive renewed = made();

        assertThat(renewed.isThere()).isTrue();
        assertThat(old.isThere()).isFalse();
        assertThat(start(renewed.use())).contains(Greeting.class.getName() + " source: shared objects file");
    }

    /** Scenario: a server of a plan has one library more than the shop, in the same home. Expected outcome: each keeps its archive. */
    @Test
    void serverWithOtherLibraries_hasAnArchiveOfItsOwn() throws Exception {
        ClassArchive shop = made();
        Path more = Files.copy(library, library.resolveSibling("more.jar"));
        UnpackedMicro planned = UnpackedMicro.in(folder, packed, List.of(library, more));
        Path classes = folder.resolve("planned.list");
        Files.writeString(classes, "java/lang/Object\n");

        ClassArchive archive = new ClassArchive(planned);
        assertThat(archive.make(classes)).isTrue();

        assertThat(archive.isThere()).isTrue();
        assertThat(shop.isThere()).isTrue();
    }

    @Test
    void staleArchive_stopsNoStart() throws Exception {
        ClassArchive archive = made();
        touch(micro().home().resolve("runtime/inner.jar"));

        assertThat(start(archive.use())).doesNotContain(Greeting.class.getName() + " source: shared objects file");
    }

    @Test
    void spoiltArchive_stopsNoStart() throws Exception {
        ClassArchive archive = made();
        Path file = file();
        assertThat(file.toFile().setWritable(true)).isTrue();
        try (RandomAccessFile spoilt = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] noise = new byte[4096];
            Arrays.fill(noise, (byte) 0x5a);
            for (long at = 8192; at < spoilt.length() - noise.length; at += 65_536) {
                spoilt.seek(at);
                spoilt.write(noise);
            }
        }

        assertThat(start(archive.use())).doesNotContain(Greeting.class.getName() + " source: shared objects file");
    }

    /** With the serial collector it would end the JVM by a SIGBUS. */
    @Test
    void truncatedArchive_isNone_andMadeAnew() throws Exception {
        ClassArchive archive = made();
        Path file = file();
        assertThat(file.toFile().setWritable(true)).isTrue();
        try (RandomAccessFile truncated = new RandomAccessFile(file.toFile(), "rw")) {
            truncated.setLength(truncated.length() / 2);
        }

        assertThat(archive.isThere()).isFalse();
        assertThat(made().isThere()).isTrue();
    }

    @Test
    void archiveThatCannotBeMade_isToldWithItsLog() throws Exception {
        ClassArchive archive = new ClassArchive(micro());
        Path classes = Files.writeString(folder.resolve("classes.list"), "java/lang/Object id: none\n");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> archive.make(classes))
                .withMessageContaining("class-archive.log");
        assertThat(archive.isThere()).isFalse();
    }

    @Test
    void listThatIsNotThere_isNamed() {
        ClassArchive archive = new ClassArchive(micro());

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> archive.make(folder.resolve("no such list")))
                .withMessageContaining("no such list");
    }

    /** What Payara looks for at the root of its class path. */
    @Test
    void resourceAdapters_areInTheBootJar() throws Exception {
        Path bootJar = micro().classPath().get(0);
        try (JarFile jar = new JarFile(bootJar.toFile())) {
            assertThat(jar.getJarEntry("adapter.rar")).isNotNull();
            assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path"))
                    .isEqualTo("runtime/inner.jar");
        }
    }

    private ClassArchive made() throws Exception {
        ClassArchive archive = new ClassArchive(micro());
        Path classes = folder.resolve("classes.list");
        start(ClassArchive.writeDown(classes));
        archive.make(classes);
        return archive;
    }

    private UnpackedMicro micro() {
        return UnpackedMicro.in(folder, packed, List.of(library));
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(micro().home())) {
            return files.filter(path -> path.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Runs the server to its end, which must be the right one; returns where it got its classes from. */
    private String start(List<String> options) throws Exception {
        Path output = folder.resolve("output.log");
        List<String> command = new ArrayList<>(List.of(ClassArchive.java()));
        command.addAll(options);
        command.add("-Xlog:class+load");
        command.addAll(micro().classPathWords());
        command.add(Greeting.class.getName());
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String printed = Files.readString(output);
        assertThat(code).as(printed).isEqualTo(GREETED);
        return printed;
    }

    /** As if it were another one. */
    private static void touch(Path jar) throws IOException {
        Files.setLastModifiedTime(
                jar, FileTime.from(Files.getLastModifiedTime(jar).toInstant().plus(Duration.ofDays(1))));
    }

    private static String fileOf(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream bytes = type.getResourceAsStream("/" + fileOf(type))) {
            return bytes.readAllBytes();
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(content);
    }
}
