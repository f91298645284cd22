package dev.lockstep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The scripts that make the tables of a database of the shop: the launcher's own, read where they stand. */
final class Migrations {

    private static final Path FOLDER = Path.of("server-config", "src", "main", "resources", "db");

    private Migrations() {}

    /** The statements for a database, in the order of their versions; as everywhere, those of a participant are among them. */
    static List<String> of(String database) {
        return in(Stream.of(database, "participant")
                .map(part -> root().resolve(FOLDER).resolve(part))
                .toArray(Path[]::new));
    }

    /** The statements of some folders, in the order of their versions. */
    static List<String> in(Path... folders) {
        return Stream.of(folders)
                .flatMap(Migrations::versioned)
                .sorted(Comparator.comparingInt(Migrations::version))
                .map(Migrations::read)
                .toList();
    }

    /** Maven runs tests in their module, a development environment perhaps in the root. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve(FOLDER)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + FOLDER + " above " + here));
    }

    private static Stream<Path> versioned(Path folder) {
        try (Stream<Path> scripts = Files.list(folder)) {
            return scripts.filter(script -> script.getFileName().toString().startsWith("V")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path script) {
        String name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
