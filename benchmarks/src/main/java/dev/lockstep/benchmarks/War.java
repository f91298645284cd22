package dev.lockstep.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A web application of one servlet, put together of what is on the class path. */
final class War {

    private War() {}

    /**
     * Writes one.
     *
     * @param file where
     * @param servlet its class file, with no class inside of it; not loaded, as what it extends is the server's
     * @param libraries a class of each jar that it has
     * @param descriptors the files beside them in {@code WEB-INF}: name and resource
     * @return the file
     */
    static Path write(Path file, String servlet, List<Class<?>> libraries, Map<String, String> descriptors)
            throws IOException {
        try (FileSystem entries = FileSystems.newFileSystem(file, Map.of("create", "true"))) {
            copy("/" + servlet, entries.getPath("WEB-INF/classes", servlet));
            for (Class<?> any : libraries) {
                Path jar = jarOf(any);
                Path library = entries.getPath("WEB-INF/lib", jar.getFileName().toString());
                Files.createDirectories(library.getParent());
                Files.copy(jar, library);
            }
            for (Map.Entry<String, String> descriptor : descriptors.entrySet()) {
                copy(descriptor.getValue(), entries.getPath("WEB-INF", descriptor.getKey()));
            }
        }
        return file;
    }

    /** Copies a resource of the benchmarks. */
    static void copy(String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream bytes = War.class.getResourceAsStream(resource)) {
            Files.copy(bytes, file);
        }
    }

    private static Path jarOf(Class<?> any) {
        try {
            return Path.of(
                    any.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
