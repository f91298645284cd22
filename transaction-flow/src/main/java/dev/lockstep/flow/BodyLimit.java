package dev.lockstep.flow;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;

/**
 * How long the body of a request with a flow may be. It is held in memory, since its digest is signed.
 *
 * @param bytes the limit
 */
record BodyLimit(int bytes) {

    /** The environment variable. */
    static final String SETTING = "LOCKSTEP_FLOW_MAX_BODY";

    private static final int MIN = 1024;
    private static final int MAX = 64 * 1024 * 1024;
    private static final int DEFAULT = 1024 * 1024;

    /**
     * Reads the setting.
     *
     * @param environment the environment variables
     * @return the limit
     * @throws IllegalArgumentException if the value is not within its range; it says which one
     */
    static BodyLimit from(Map<String, String> environment) {
        String value = environment.getOrDefault(SETTING, "");
        if (value.isEmpty()) {
            return new BodyLimit(DEFAULT);
        }
        int bytes = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : -1;
        if (bytes < MIN || bytes > MAX) {
            throw new IllegalArgumentException(SETTING + " is \"" + value + "\", must be bytes, " + MIN + " to " + MAX);
        }
        return new BodyLimit(bytes);
    }

    /**
     * Reads a body.
     *
     * @param declared its length as the request says it, negative if it does not
     * @param body the body
     * @return the body, or empty if it is longer than the limit
     * @throws IOException if the connection fails
     */
    Optional<byte[]> read(int declared, InputStream body) throws IOException {
        if (declared > bytes) {
            return Optional.empty();
        }
        // As much as is declared: after a request with Upgrade, Payara's stream would go on until the connection ends.
        byte[] read = body.readNBytes(declared < 0 ? bytes + 1 : declared);
        return Optional.of(read).filter(all -> all.length <= bytes);
    }

    /**
     * Digests a body, as it is signed.
     *
     * @param body the body
     * @return its SHA-256
     */
    static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }
}
