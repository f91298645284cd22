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
            "mjs", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final List<Path> pages;
    private final Map<String, Path> folders = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    /**
     * The files of folders.
     *
     * @param pages the folders of the pages, which are at the root; a file of an earlier one goes before those of the same name
     */
    PageFiles(List<Path> pages) {
        this.pages = List.copyOf(pages);
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

    /** In the folder that was added for its path, and else among the pages. */
    private Path file(String path) {
        return folders.keySet().stream()
                .filter(path::startsWith)
                .map(folder -> folders.get(folder).resolve(path.substring(folder.length())))
                .findAny()
                .orElseGet(() -> page(path.substring(1)));
    }

    private Path page(String path) {
        return pages.stream()
                .map(folder -> folder.resolve(path))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElse(pages.get(0).resolve(path));
    }

    /** {@return the paths of the pages, or of their scripts, that have this ending, without a slash before them} */
    List<String> endingIn(String ending) {
        return pages.stream()
                .flatMap(folder -> filesIn(folder).stream())
                .filter(file -> file.endsWith(ending))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> filesIn(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
