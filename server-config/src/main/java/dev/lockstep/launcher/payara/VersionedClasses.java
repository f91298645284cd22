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

    /** What separates words in a line. A word may be the name of a class, or one in a descriptor of a method, after an L: {@code ILorg/x/Y}. */
    private static final Pattern BETWEEN = Pattern.compile("[^\\w/$-]+");

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
        return BETWEEN.splitAsStream(line).anyMatch(this::endsWithOne);
    }

    private boolean endsWithOne(String word) {
        boolean isFound = names.contains(word);
        for (int l = word.indexOf('L'); l >= 0 && !isFound; l = word.indexOf('L', l + 1)) {
            isFound = names.contains(word.substring(l + 1));
        }
        return isFound;
    }
}
