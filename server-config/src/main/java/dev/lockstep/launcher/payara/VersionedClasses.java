package dev.lockstep.launcher.payara;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Classes that a jar has for later versions of Java only, or once more. They cannot be archived: to show an archived class to an agent or to a recording, the JVM looks for
 * it among the jar's classes for every version, and crashes if it is not there (OpenJDK 17.0.15, {@code KlassFactory::check_shared_class_file_load_hook}).
 */
final class VersionedClasses {

    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.+)\\.class");

    /** What separates the names of classes in a line, also in the descriptors of methods. */
    private static final Pattern BETWEEN = Pattern.compile("[^\\w/$-]+L?");

    private final Set<String> names = new HashSet<>();

    /**
     * Looks for them.
     *
     * @param jars where
     * @throws IOException if a jar cannot be read
     */
    VersionedClasses(List<Path> jars) throws IOException {
        for (Path path : jars) {
            try (JarFile jar = new JarFile(path.toFile())) {
                jar.stream()
                        .map(entry -> VERSIONED.matcher(entry.getName()))
                        .filter(Matcher::matches)
                        .forEach(found -> names.add(found.group(1)));
            }
        }
    }

    /**
     * Tells whether a line is about one. There are lines of classes, and of lambdas, for which the JVM would load all classes that are named.
     *
     * @param line of a list of classes that the JVM has written
     * @return whether one is named in it
     */
    boolean areNamedIn(String line) {
        return BETWEEN.splitAsStream(line).anyMatch(names::contains);
    }
}
