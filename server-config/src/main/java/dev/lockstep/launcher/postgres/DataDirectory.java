package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.process.Orphans;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The folder of a PostgreSQL server's data.
 *
 * @param path where it is, or will be
 */
record DataDirectory(Path path) {

    private static final int INITDB_MINUTES = 5;

    /** An earlier one sorts the same, by code point, but knows capital and small letters of ASCII alone. */
    private static final int FIRST_WITH_BUILTIN_LOCALE = 17;

    /** {@return the words that only the command line of a server on this folder has} */
    List<String> commandLineMark() {
        return List.of("-D", path.toString());
    }

    /**
     * Makes the folder unless there is one of this server's major version.
     *
     * @param binaries the programs
     * @param superuser the superuser's name
     * @param password the superuser's password
     * @param log the file for what is printed
     * @throws IOException if a file cannot be written
     */
    void prepare(PostgresBinaries binaries, String superuser, String password, Path log) throws IOException {
        if (Files.exists(path)) {
            requireMajorVersion();
            forgetForeignProcess();
            return;
        }
        // Made aside and renamed, so that a start that was killed leaves nothing half done.
        Path unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        Path passwordFile = path.resolveSibling(path.getFileName() + ".password");
        FileTree.delete(unfinished);
        try {
            keepSecret(passwordFile, password);
            List<String> arguments = new ArrayList<>(List.of(
                    "--pgdata=" + unfinished,
                    "--username=" + superuser,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C"));
            if (PostgresBinaries.majorVersion() >= FIRST_WITH_BUILTIN_LOCALE) {
                arguments.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            }
            initialize(binaries.command("TERM", "initdb", arguments.toArray(String[]::new)), log);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(unfinished, path);
    }

    /**
     * Configures the server.
     *
     * @param lines of postgresql.conf, after those of every Lockstep server
     * @throws IOException if the file cannot be written
     */
    void configure(List<String> lines) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("# Written by the launcher at every start.");
        try (InputStream common = DataDirectory.class.getResourceAsStream("/postgres/lockstep.conf")) {
            all.add(new String(common.readAllBytes(), StandardCharsets.UTF_8));
        }
        all.addAll(lines);
        Files.write(path.resolve("postgresql.conf"), all);
    }

    private void requireMajorVersion() throws IOException {
        Path file = path.resolve("PG_VERSION");
        String found = Files.exists(file) ? Files.readString(file).strip() : "none";
        if (!found.equals(Integer.toString(PostgresBinaries.majorVersion()))) {
            throw new StartException("The data folder " + path + " belongs to PostgreSQL " + found
                    + ", this server is PostgreSQL " + PostgresBinaries.majorVersion()
                    + "; use the Lockstep it was made with, carry the data over with pg_dump, or choose another"
                    + " LOCKSTEP_DATA_DIR");
        }
    }

    /**
     * After a power cut another program may have the process id that the dead server wrote down, and PostgreSQL would
     * refuse to start beside it. A dead process id is left to PostgreSQL, which also looks for the server's children.
     */
    private void forgetForeignProcess() throws IOException {
        Path file = path.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        Optional<ProcessHandle> process = Files.readString(file)
                .lines()
                .findFirst()
                .filter(line -> line.matches("\\d{1,18}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        if (process.isPresent() && !Orphans.isOf(process.get(), commandLineMark())) {
            Files.delete(file);
        }
    }

    private static void keepSecret(Path file, String secret) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret);
    }

    private static void initialize(ProcessBuilder initdb, Path log) throws IOException {
        Process process = initdb.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
        try {
            if (!process.waitFor(INITDB_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new StartException("initdb ended with code " + code + ": "
                        + Files.readString(log).strip() + " (in " + log + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("The start was interrupted", e);
        }
    }
}
