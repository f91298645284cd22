package dev.lockstep.web.door.boundary;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.CharConversionException;
import java.util.Optional;
import org.glassfish.grizzly.http.util.RequestURIRef;

/**
 * The path by which Payara chooses application and servlet. Grizzly decodes and cleans it ({@code HttpRequestURIDecoder.normalizeBytes}), then
 * Payara cuts all from the first semicolon on ({@code ContainerMapper.lookupHandler}). Grizzly itself is asked, since it has its own ideas: it
 * takes {@code /.../} and {@code /././} for {@code /../}, and with {@code /.//} a letter goes.
 */
final class MappedPath {

    /** No application has a longer address, and Payara looks for one in a time that is quadratic in the slashes. */
    private static final int OWNER_LENGTH = 256;

    private MappedPath() {}

    /**
     * Tells where a request leads.
     *
     * @param path its path, as it stands in the request line
     * @return the start of the path that Payara takes, 256 characters at most, in which a slash at the end means nothing; empty if it takes none
     */
    static Optional<String> of(String path) {
        byte[] bytes = (path.endsWith(".") ? path + '/' : path).getBytes(UTF_8); // else Grizzly runs over the end
        RequestURIRef request = new RequestURIRef();
        request.init(bytes, 0, bytes.length);
        try {
            String mapped = request.getDecodedURI(true).split(";", 2)[0];
            return Optional.of(mapped.substring(0, Math.min(mapped.length(), OWNER_LENGTH)));
        } catch (CharConversionException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException e) {
            return Optional
                    .empty(); // an escape that is none, or a way above the root, by which Grizzly may run over the
            // start
        }
    }
}
