package dev.lockstep.launcher.operator;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password, and how it is kept.
 *
 * @param text what the operator types, not null
 */
record Password(String text) {

    /** Nothing that can be taken for something else: no i, l, o, 0 or 1. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    /** 5 groups of 5 out of 31 characters: 123 bits. */
    private static final int GROUPS = 5;

    private static final int GROUP_LENGTH = 5;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

    /** What OWASP's Password Storage Cheat Sheet asks of this algorithm. */
    private static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 32;
    private static final int HASH_BYTES = 64;

    private static final SecureRandom RANDOM = new SecureRandom();

    /** {@return a new one that nobody can guess} */
    static Password random() {
        return new Password(IntStream.range(0, GROUPS)
                .mapToObj(group -> RANDOM.ints(GROUP_LENGTH, 0, ALPHABET.length())
                        .mapToObj(ALPHABET::charAt)
                        .map(String::valueOf)
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-")));
    }

    /** {@return the hash with all that is needed to verify a password by it, as Jakarta Security's Pbkdf2PasswordHash does} */
    String hash() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return ALGORITHM + ":" + ITERATIONS + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(derived(salt));
    }

    private byte[] derived(byte[] salt) {
        PBEKeySpec key = new PBEKeySpec(text.toCharArray(), salt, ITERATIONS, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no " + ALGORITHM, e);
        } finally {
            key.clearPassword();
        }
    }

    /** {@return nothing that a log may not show} */
    @Override
    public String toString() {
        return "a password";
    }
}
