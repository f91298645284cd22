package dev.lockstep.web.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A module and all that it imports, as one module. Each imported one becomes a function that returns what it exports, and stands before whoever
 * imports it; so names stay apart. It knows the forms that our scripts have, and refuses all others: no default, no list of exports, no circle.
 */
final class JoinedScript {

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:(\\* as \\w+|\\{[^}]*\\}) from )?'(\\.[^']+)';$", Pattern.MULTILINE);
    private static final Pattern LAZY_IMPORT = Pattern.compile("\\bimport\\('(\\.[^']+)'\\)");
    private static final Pattern EXPORT =
            Pattern.compile("^export (?=(?:async )?(?:function|class|const) (\\w+))", Pattern.MULTILINE);
    private static final Pattern LEFT_OVER = Pattern.compile("^(?:import|export)\\b.*$", Pattern.MULTILINE);

    private static final String BEING_READ = "";

    private final Sources sources;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final StringBuilder joined = new StringBuilder();

    private JoinedScript(Sources sources) {
        this.sources = sources;
    }

    /**
     * Joins.
     *
     * @param sources where the modules are
     * @param path the path of the one that imports all others
     * @return the text of a module that does the same, and imports nothing
     * @throws IllegalArgumentException if a module is not there or has a form that is not known
     */
    static String of(Sources sources, String path) {
        JoinedScript script = new JoinedScript(sources);
        // A block instead of a function: only there may it await.
        String last = script.resolved(path, script.text(path, path));
        return script.joined + "{ // " + path + "\n" + EXPORT.matcher(last).replaceAll("") + "}\n";
    }

    /** {@return the name of what the module exports; it stands before all that comes now} */
    private String nameOf(String path, String importer) {
        String known = names.get(path);
        if (BEING_READ.equals(known)) {
            throw new IllegalArgumentException(importer + " imports " + path + ", which waits for it: a circle");
        }
        if (known != null) {
            return known;
        }
        names.put(path, BEING_READ);
        String name = "module" + names.size();
        String text = resolved(path, text(path, importer));
        String exported =
                EXPORT.matcher(text).results().map(found -> found.group(1)).collect(Collectors.joining(", "));
        joined.append("const " + name + " = (() => { // " + path + "\n")
                .append(EXPORT.matcher(text).replaceAll(""))
                .append("return { ")
                .append(exported)
                .append(" };\n})();\n");
        names.put(path, name);
        return name;
    }

    private String resolved(String path, String text) {
        String withoutImports = IMPORT.matcher(text).replaceAll(found -> taken(path, found));
        String resolved = LAZY_IMPORT
                .matcher(withoutImports)
                .replaceAll(found -> Matcher.quoteReplacement(
                        "Promise.resolve(" + nameOf(relative(path, found.group(1)), path) + ")"));
        Matcher leftOver = LEFT_OVER.matcher(EXPORT.matcher(resolved).replaceAll(""));
        if (leftOver.find()) {
            throw new IllegalArgumentException(path + ": cannot be joined: " + leftOver.group());
        }
        return resolved;
    }

    /** The same names from what the other module returns, on as many lines. */
    private String taken(String importer, MatchResult found) {
        String from = nameOf(relative(importer, found.group(2)), importer);
        String names = found.group(1);
        if (names == null) {
            return "";
        }
        String wanted = names.startsWith("*")
                ? names.substring("* as ".length())
                : names.replaceAll("(\\w+) as (\\w+)", "$1: $2");
        return Matcher.quoteReplacement("const " + wanted + " = " + from + ";");
    }

    private String text(String path, String importer) {
        byte[] content = sources.content(path)
                .orElseThrow(() -> new IllegalArgumentException(importer + " needs " + path + ", which is not there"));
        return new String(content, UTF_8);
    }

    private static String relative(String from, String to) {
        return URI.create(from).resolve(to).getPath();
    }
}
