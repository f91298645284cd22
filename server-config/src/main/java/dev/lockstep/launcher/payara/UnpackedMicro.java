package dev.lockstep.launcher.payara;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.data.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Payara Micro with the jars that its own jar packs stored beside it. Payara would unpack them at every start, and load its
 * classes by a class loader of its own; from an ordinary class path the JVM can take them from a {@link ClassArchive}.
 * Payara's {@code --outputlauncher} does the same, but its folder keeps the configuration of the first start.
 */
final class UnpackedMicro {

    /** What the name of its folder has before the version. */
    static final String PREFIX = "payara-micro-";

    private static final String MAIN_CLASS = "fish.payara.micro.impl.PayaraMicroImpl";
    private static final String VERSION = "MICRO-INF/domain/branding/glassfish-version.properties";
    private static final String PACKED = "MICRO-INF/runtime/";
    private static final String BOOT_JAR = "payara-micro.jar";
    private static final String JARS = "runtime";

    private final String name;
    private final Path home;
    private final List<Path> libraries;

    private UnpackedMicro(String name, Path home, List<Path> libraries) {
        this.name = name;
        this.home = home;
        this.libraries = libraries;
    }

    /**
     * Unpacks the server, unless an earlier start did.
     *
     * @param parent the folder to unpack into
     * @param micro payara-micro.jar, as Payara delivers it
     * @param libraries what else the server's class path has
     * @return the unpacked server
     * @throws StartException if it cannot be unpacked
     */
    static UnpackedMicro in(Path parent, Path micro, List<Path> libraries) {
        try (JarFile jar = new JarFile(micro.toFile())) {
            String name = PREFIX + version(jar);
            Path home = parent.resolve(name);
            if (!Files.isDirectory(home)) {
                // Unpacked aside and renamed, so that a start that was killed leaves nothing half done.
                Path unfinished = home.resolveSibling(home.getFileName() + ".unfinished");
                FileTree.delete(unfinished);
                unpack(jar, unfinished);
                Files.move(unfinished, home);
            }
            // The JVM takes an archive only for the very paths it was made with, so links are followed.
            List<Path> real = new ArrayList<>();
            for (Path library : libraries) {
                real.add(library.toRealPath());
            }
            return new UnpackedMicro(name, home.toRealPath(), real);
        } catch (IOException e) {
            throw new StartException("Cannot unpack " + micro + " into " + parent + ": " + Reason.of(e), e);
        }
    }

    /** {@return the name of its folder in the parent} */
    String name() {
        return name;
    }

    /** {@return where it was unpacked} */
    Path home() {
        return home;
    }

    /** {@return the jars that make the server's class path} */
    List<Path> classPath() {
        return Stream.concat(Stream.of(bootJar()), libraries.stream()).toList();
    }

    /**
     * Tells all jars from which the server's classes come: those of the class path, and those that were packed in the server's own.
     *
     * @return the jars
     * @throws IOException if the folder cannot be read
     */
    List<Path> jars() throws IOException {
        try (Stream<Path> packed = Files.list(home.resolve(JARS))) {
            return Stream.concat(classPath().stream(), packed.filter(path -> path.toString()
                            .endsWith(".jar")))
                    .toList();
        }
    }

    /** {@return the words of a Java command that start the server, after the options of the JVM and before Payara's} */
    List<String> words() {
        List<String> words = new ArrayList<>(moduleOptions());
        words.add("-Dfish.payara.micro.BootJar=" + bootJar().toUri());
        words.add("-Dfish.payara.micro.UnpackDir=" + home);
        words.addAll(classPathWords());
        words.add(MAIN_CLASS);
        return words;
    }

    /** {@return the class path, as words of a Java command} */
    List<String> classPathWords() {
        return List.of("-cp", classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    private Path bootJar() {
        return home.resolve(BOOT_JAR);
    }

    /** The JVM heeds these lines of a manifest for {@code -jar} alone. */
    private List<String> moduleOptions() {
        try (JarFile jar = new JarFile(bootJar().toFile())) {
            Attributes attributes = jar.getManifest().getMainAttributes();
            return Stream.of("Add-Opens", "Add-Exports")
                    .flatMap(name -> Stream.of(attributes.getValue(name).split(" ", -1))
                            .map(packageName ->
                                    "--" + name.toLowerCase(Locale.ROOT) + "=" + packageName + "=ALL-UNNAMED"))
                    .toList();
        } catch (IOException e) {
            throw new StartException("Cannot read " + bootJar() + ": " + Reason.of(e), e);
        }
    }

    private static String version(JarFile jar) throws IOException {
        JarEntry entry = jar.getJarEntry(VERSION);
        if (entry == null) {
            throw new IOException("it is not Payara Micro, " + VERSION + " is not in it");
        }
        Properties properties = new Properties();
        try (InputStream text = jar.getInputStream(entry)) {
            properties.load(text);
        }
        return Stream.of("major_version", "minor_version", "update_version")
                .map(properties::getProperty)
                .collect(Collectors.joining("."));
    }

    /** Stores the packed jars as files, and all the rest in a jar whose manifest names them. */
    private static void unpack(JarFile packed, Path into) throws IOException {
        Files.createDirectories(into.resolve(JARS));
        List<String> names = new ArrayList<>();
        for (JarEntry entry : packed.stream().filter(UnpackedMicro::isJar).toList()) {
            String name = JARS + "/" + unpackedName(entry);
            try (InputStream content = packed.getInputStream(entry)) {
                Files.copy(content, into.resolve(name));
            }
            names.add(name);
        }
        Manifest manifest = new Manifest(packed.getManifest());
        manifest.getMainAttributes().put(Name.CLASS_PATH, String.join(" ", names));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(into.resolve(BOOT_JAR)), manifest)) {
            for (JarEntry entry : packed.stream()
                    .filter(entry -> !isJar(entry) && !entry.getName().equals(JarFile.MANIFEST_NAME))
                    .toList()) {
                out.putNextEntry(new JarEntry(unpackedName(entry)));
                try (InputStream content = packed.getInputStream(entry)) {
                    content.transferTo(out);
                }
            }
        }
    }

    private static boolean isJar(JarEntry entry) {
        return entry.getName().startsWith(PACKED) && entry.getName().endsWith(".jar");
    }

    /** The resource adapters are packed among the jars, and Payara looks for them at the root of its class path. */
    private static String unpackedName(JarEntry entry) {
        String name = entry.getName();
        return name.startsWith(PACKED) && !entry.isDirectory() ? name.substring(PACKED.length()) : name;
    }
}
