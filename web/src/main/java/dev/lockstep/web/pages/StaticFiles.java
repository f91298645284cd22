package dev.lockstep.web.pages;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers for the files of pages, in place of the container's default servlet: compressed, and cached by browsers as long as they are the same. The
 * application maps it, in its {@code web.xml}. Where it is not mapped, the default servlet sends the sources, and the pages work as well.
 */
public class StaticFiles extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final List<String> METHODS = List.of("GET", "HEAD");

    private transient Pages pages;

    @Override
    public void init() throws ServletException {
        ServletContext application = getServletContext();
        pages = new Pages(path -> content(application, path));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!METHODS.contains(request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        String path = path(request);
        Optional<StaticFile> asset = pages.asset(path);
        Optional<StaticFile> file = asset.or(() -> pages.file(path));
        if (file.isPresent()) {
            file.get().answer(request, response, asset.isPresent());
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Without a slash before it. */
    private static String path(HttpServletRequest request) {
        String path = Stream.of(request.getServletPath(), request.getPathInfo())
                .filter(Objects::nonNull)
                .collect(Collectors.joining());
        return path.length() < 2 ? "index.html" : path.substring(1);
    }

    private static Optional<byte[]> content(ServletContext application, String path) {
        try (InputStream content = application.getResourceAsStream("/" + path)) {
            return content == null ? Optional.empty() : Optional.of(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }
}
