package dev.lockstep.web.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A file as it goes to browsers: hashed and compressed once, sent many times. */
final class StaticFile {

    private static final int HASH_LENGTH = 16;
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";

    /** With any weight but zero (RFC 9110, section 12.5.3). */
    private static final Pattern GZIP = Pattern.compile("(?i)\\s*gzip\\s*(;\\s*q=(1(\\.0*)?|0\\.\\d*[1-9]\\d*)\\s*)?");

    private final String mediaType;
    private final byte[] content;
    private final byte[] zipped;
    private final String hash;

    StaticFile(String mediaType, byte[] content) {
        this.mediaType = mediaType;
        this.content = content.clone();
        this.zipped = zipped(content);
        this.hash = HexFormat.of().formatHex(sha256(content)).substring(0, HASH_LENGTH);
    }

    /** {@return what changes with the content: 16 hexadecimal digits} */
    String hash() {
        return hash;
    }

    /** {@return the content of one that is text} */
    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * Answers with it, or with 304 if the browser has it.
     *
     * @param isNamedByHash whether its address changes with the content; if not, browsers are to ask each time
     */
    void answer(HttpServletRequest request, HttpServletResponse response, boolean isNamedByHash) throws IOException {
        boolean isZipped =
                Stream.of(header(request, "Accept-Encoding").split(",")).anyMatch(GZIP.asMatchPredicate());
        String tag = '"' + hash + (isZipped ? "-gzip" : "") + '"';
        response.setHeader("Cache-Control", isNamedByHash ? FOREVER : ASK_EACH_TIME);
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("ETag", tag);
        if (isKnown(request, tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        byte[] body = isZipped ? zipped : content;
        if (isZipped) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(body);
        }
    }

    /** A proxy that compresses anew makes a tag weak; the content is the same (RFC 9110, section 13.1.2). */
    private static boolean isKnown(HttpServletRequest request, String tag) {
        return Arrays.stream(header(request, "If-None-Match").split(","))
                .map(known -> known.strip().replaceFirst("^W/", ""))
                .anyMatch(known -> known.equals(tag) || known.equals("*"));
    }

    private static String header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).orElse("");
    }

    private static byte[] zipped(byte[] content) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory takes all that is written", e);
        }
        return zipped.toByteArray();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }
}
