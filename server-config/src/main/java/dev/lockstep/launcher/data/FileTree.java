package dev.lockstep.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder with all that is in it. */
public final class FileTree {

    private FileTree() {}

    /**
     * Deletes a folder with all that is in it, if it is there.
     *
     * @param folder the folder
     * @throws IOException if something stays
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /**
     * Deletes the folders of other versions.
     *
     * @param parent where they are
     * @param prefix what their names have before the version
     * @param keep the name of the version that stays
     * @return what was deleted
     * @throws IOException if something stays
     */
    public static List<Path> deleteOtherVersions(Path parent, String prefix, String keep) throws IOException {
        List<Path> others;
        try (Stream<Path> all = Files.list(parent)) {
            others = all.filter(path -> path.getFileName().toString().matches(Pattern.quote(prefix) + "\\d.*")
                            && !path.getFileName().toString().equals(keep))
                    .toList();
        }
        for (Path other : others) {
            delete(other);
        }
        return others;
    }
}
