package dev.lockstep.tests.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The pages' files as they are in the sources, at an address of which a browser believes that it is a server's: modules need one. */
final class PageFiles {

    /** Where they are, without a slash at the end. Nobody listens there: the browser's requests are answered before they leave it. */
    static final String ADDRESS = "http://pages.localhost";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css",
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Path pages;
    private final Map<String, Path> folders = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    /**
     * The files of a folder.
     *
     * @param pages the folder of the pages, which are at the root
     */
    PageFiles(Path pages) {
        this.pages = pages;
        add("/", pages);
    }

    /** Has a folder's files, too; the path ends with a slash. */
    void add(String path, Path folder) {
        folders.put(path, folder);
    }

    /** Has a text as a file, which goes before a real one. */
    void add(String path, String text) {
        texts.put(path, text);
    }

    /** Answers all that this browser asks for. */
    void answer(BrowserContext browser) {
        browser.route(ADDRESS + "/**", this::answer);
    }

    private void answer(Route route) {
        String path = URI.create(route.request().url()).getPath();
        FulfillOptions answer =
                new FulfillOptions().setContentType(TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
        if (texts.containsKey(path)) {
            route.fulfill(answer.setBody(texts.get(path)));
        } else {
            Path file = file(path);
            route.fulfill(Files.isRegularFile(file) ? answer.setPath(file) : new FulfillOptions().setStatus(404));
        }
    }

    /** In the folder with the longest path, which is the root's where there is no other. */
    private Path file(String path) {
        String folder = folders.keySet().stream()
                .filter(path::startsWith)
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .orElseThrow();
        return folders.get(folder).resolve(path.substring(folder.length()));
    }

    /** {@return the paths of the pages, or of their scripts, that have this ending, without a slash before them} */
    List<String> endingIn(String ending) {
        try (Stream<Path> files = Files.walk(pages)) {
            return files.map(file -> pages.relativize(file).toString())
                    .filter(file -> file.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
