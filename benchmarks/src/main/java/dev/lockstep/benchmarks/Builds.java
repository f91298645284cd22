package dev.lockstep.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * What the servers are made of: folders as the build makes them, {@code server-config/target/lockstep}.
 *
 * @param mine of the version that measures
 * @param named of the version that it is measured by, if one is named
 */
record Builds(Path mine, Optional<Path> named) {

    /** What each version has; its archives may have other names. */
    private static final List<String> NEEDED =
            List.of("lockstep.jar", "lib", "payara-micro.jar", "participant.jar", "lockstep.asadmin");

    private static final String PAYARA =
            "META-INF/maven/fish.payara.server.internal.extras/payara-micro-boot/pom.properties";

    /** Reads where they are; {@link #other} looks whether the other one is whole. */
    static Builds from(Map<?, ?> properties) {
        return new Builds(
                Path.of(properties.get("lockstep.home").toString())
                        .toAbsolutePath()
                        .normalize(),
                Optional.ofNullable(properties.get("other"))
                        .map(folder ->
                                Path.of(folder.toString()).toAbsolutePath().normalize()));
    }

    /** {@return the other version, of which nothing is missing} */
    Path other() {
        Path folder = named.orElseThrow(() -> new IllegalArgumentException(
                "-Dcompare=versions needs -Dother=‹folder›: server-config/target/lockstep of another version"));
        List<String> missing = NEEDED.stream()
                .filter(name -> !Files.exists(folder.resolve(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("-Dother=" + folder + " must be server-config/target/lockstep of another"
                    + " version, as mvn package makes it; it lacks " + String.join(", ", missing));
        }
        return folder;
    }

    /** {@return which version a folder holds, in words} */
    static String version(Path folder) throws IOException {
        Path launcher = folder.resolve("lockstep.jar");
        try (JarFile jar = new JarFile(launcher.toFile());
                JarFile payara = new JarFile(folder.resolve("payara-micro.jar").toFile())) {
            return folder + ", Lockstep "
                    + jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION)
                    + " built " + Files.getLastModifiedTime(launcher) + ", Payara Micro " + versionOf(payara);
        }
    }

    private static String versionOf(JarFile payara) throws IOException {
        ZipEntry entry = payara.getEntry(PAYARA);
        if (entry == null) {
            return "of an unknown version";
        }
        Properties written = new Properties();
        try (InputStream in = payara.getInputStream(entry)) {
            written.load(in);
        }
        return written.getProperty("version");
    }
}
