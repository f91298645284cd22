package dev.lockstep.web.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What browsers get for an address. Each file is made when it is asked for first, so an instance answers for a page that another one sent. */
final class Pages {

    /** Where what is named by its content is, relative to a page. */
    private static final String ASSETS = "lockstep/";

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");

    private static final Pattern PAGE = Pattern.compile("([\\w-]+)\\.html");
    private static final Pattern ASSET = Pattern.compile(ASSETS + "([0-9a-f]+)/([\\w-]+)\\.(js|css)");
    private static final Pattern STYLESHEET = Pattern.compile(" *<link rel=\"stylesheet\" href=\"([^\"]+)\">\n");
    private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\">");

    private final Sources sources;
    private final Map<String, StaticFile> plain = new ConcurrentHashMap<>();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    Pages(Sources sources) {
        this.sources = sources;
    }

    /** A page of the root folder, and what it loads. */
    private record Page(StaticFile html, Optional<StaticFile> script, Optional<StaticFile> style) {

        Optional<StaticFile> part(String ending) {
            return ending.equals("js") ? script : style;
        }
    }

    /**
     * Looks for a file.
     *
     * @param path without a slash before it
     * @return the file; empty if there is none, and if it is none of a page
     */
    Optional<StaticFile> file(String path) {
        Matcher page = PAGE.matcher(path);
        return page.matches() ? page(page.group(1)).map(Page::html) : isOfPages(path) ? plain(path) : Optional.empty();
    }

    /**
     * Looks for a part of a page by its content.
     *
     * @param path without a slash before it
     * @return the part; empty if there is none, for one that the page had in another version
     */
    Optional<StaticFile> asset(String path) {
        Matcher asset = ASSET.matcher(path);
        return asset.matches()
                ? page(asset.group(2))
                        .flatMap(page -> page.part(asset.group(3)))
                        .filter(part -> part.hash().equals(asset.group(1)))
                : Optional.empty();
    }

    private static boolean isOfPages(String path) {
        return MEDIA_TYPES.containsKey(ending(path)) && !path.startsWith("WEB-INF/") && !path.startsWith("META-INF/");
    }

    private Optional<StaticFile> plain(String path) {
        StaticFile known = plain.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<StaticFile> made =
                sources.content(path).map(content -> new StaticFile(MEDIA_TYPES.get(ending(path)), content));
        made.ifPresent(file -> plain.put(path, file));
        return made;
    }

    private Optional<Page> page(String name) {
        Page known = pages.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Page> made = sources.content(name + ".html").map(content -> made(name, new String(content, UTF_8)));
        made.ifPresent(page -> pages.put(name, page));
        return made;
    }

    private Page made(String name, String html) {
        Optional<StaticFile> script = SCRIPT.matcher(html)
                .results()
                .findFirst()
                .map(found -> file("js", JoinedScript.of(sources, found.group(1))));
        List<String> styles =
                STYLESHEET.matcher(html).results().map(found -> found.group(1)).toList();
        Optional<StaticFile> style = styles.isEmpty() ? Optional.empty() : Optional.of(file("css", joined(styles)));
        String loading = html;
        if (script.isPresent()) {
            String address = address(script.get(), name, "js");
            loading = SCRIPT.matcher(loading).replaceFirst("<script type=\"module\" src=\"" + address + "\">");
        }
        if (style.isPresent()) {
            String link = "    <link rel=\"stylesheet\" href=\"" + address(style.get(), name, "css") + "\">\n";
            List<String> links = new ArrayList<>(List.of(link));
            loading = STYLESHEET
                    .matcher(loading)
                    .replaceAll((MatchResult found) -> links.isEmpty() ? "" : links.remove(0));
        }
        return new Page(file("html", loading), script, style);
    }

    private static String address(StaticFile file, String name, String ending) {
        return ASSETS + file.hash() + "/" + name + "." + ending;
    }

    private static StaticFile file(String ending, String text) {
        return new StaticFile(MEDIA_TYPES.get(ending), text.getBytes(UTF_8));
    }

    private String joined(List<String> stylesheets) {
        return stylesheets.stream()
                .map(path -> sources.content(path)
                        .orElseThrow(() -> new IllegalArgumentException("No stylesheet " + path + " is there")))
                .map(content -> new String(content, UTF_8))
                .collect(Collectors.joining());
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
