package dev.lockstep.launcher.machines;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Servers that are started together.
 *
 * @param name the plan's
 * @param file where it was read
 * @param archives the folder that the archives' paths begin at
 * @param servers in the file's order
 */
record Plan(String name, Path file, Path archives, List<PlannedServer> servers) {

    private static final String FOLDER = "machines";
    private static final String SUFFIX = ".conf";
    private static final String NAME = "[a-z][a-z0-9_-]{0,31}";
    private static final int BYTES_MAX = 64 * 1024;

    /**
     * Reads a plan.
     *
     * @param distribution the folder of lockstep.jar
     * @param which the name of a plan of the distribution, or the path of a file that ends in {@value #SUFFIX}
     * @return the plan, whose archives are there
     * @throws StartException naming each fault with its line
     */
    static Plan read(Path distribution, String which) {
        boolean isFile = which.endsWith(SUFFIX);
        Path file = isFile
                ? Path.of(which).toAbsolutePath().normalize()
                : distribution.resolve(FOLDER).resolve(which + SUFFIX);
        String name = nameOf(file);
        if (!name.matches(NAME)) {
            throw new StartException(
                    "The plan '" + name
                            + "' must have a name of 1 to 32 small letters, digits, dashes and underscores that begins with a letter");
        }
        if (!Files.exists(file)) {
            throw new StartException("There is no " + file + (isFile ? "" : "; the plans are " + all(distribution)));
        }
        Path archives = isFile ? file.getParent() : distribution;
        PlanText text = new PlanText(file.toString(), textOf(file));
        List<String> faults = new ArrayList<>(text.faults());
        if (faults.isEmpty()) {
            text.servers().stream()
                    .filter(server -> !Files.exists(archives.resolve(server.archive())))
                    .map(server -> file + ": server " + server.name() + " needs " + archives.resolve(server.archive())
                            + ", which is not there")
                    .forEach(faults::add);
        }
        if (!faults.isEmpty()) {
            throw new StartException(String.join(System.lineSeparator(), faults));
        }
        return new Plan(name, file, archives, text.servers());
    }

    /**
     * Where the scripts of a database's tables are, if it is none of the shop's.
     *
     * @param database its name
     * @return a folder that is there
     * @throws StartException if it is not
     */
    Path scripts(String database) {
        Path scripts = file.resolveSibling(name).resolve(database);
        if (!Files.isDirectory(scripts)) {
            throw new StartException(file + ": database " + database + " needs the folder " + scripts
                    + " with the scripts of its tables, V1__name.sql and so on");
        }
        return scripts;
    }

    /** Where a server's archive is. */
    Path archive(PlannedServer server) {
        return archives.resolve(server.archive());
    }

    private static String textOf(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new StartException(
                        file + " has " + Files.size(file) + " bytes, at most " + BYTES_MAX + " are allowed");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartException("Cannot read the plan " + file + ": " + Reason.of(e), e);
        }
    }

    private static List<String> all(Path distribution) {
        try (Stream<Path> files = Files.list(distribution.resolve(FOLDER))) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(Plan::nameOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StartException("Cannot list the plans: " + Reason.of(e), e);
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }
}
