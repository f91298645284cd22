package dev.lockstep.shop.remote;

import dev.lockstep.operator.control.OperatorSession;
import dev.lockstep.operator.control.OperatorSessions;
import dev.lockstep.operator.control.SessionCookie;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Specializes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who is logged in, without a table: the cookie tells when its session began, and is signed with the hash of the operator's password. So a break of
 * the server ends no session, and a new password ends all. A logout is remembered until the server ends. Thread-safe.
 */
@Specializes
@ApplicationScoped
public class SignedSessions extends OperatorSessions {

    private static final Duration LONGEST = Duration.ofHours(12);
    private static final String ALGORITHM = "HmacSHA256";

    /** The time, and as much of the signature as fills the 32 bytes of a cookie. */
    private static final int SIGNATURE_BYTES = 24;

    private final Map<SessionCookie, Long> ended = new ConcurrentHashMap<>();
    private final Supplier<Optional<String>> key;

    /** With the key that the settings give. */
    public SignedSessions() {
        this(OperatorByHash::hash);
    }

    SignedSessions(Supplier<Optional<String>> key) {
        this.key = key;
    }

    @Override
    public SessionCookie begin(String name, String passwordHash) {
        return cookie(System.currentTimeMillis(), passwordHash);
    }

    @Override
    public Optional<OperatorSession> find(SessionCookie cookie) {
        long began =
                ByteBuffer.wrap(Base64.getUrlDecoder().decode(cookie.value())).getLong();
        long age = System.currentTimeMillis() - began;
        boolean isAlive = age >= 0 && age < LONGEST.toMillis() && !ended.containsKey(cookie);
        return key.get()
                .filter(hash -> isAlive && isEqual(cookie, cookie(began, hash)))
                .map(hash ->
                        new OperatorSession(OperatorByHash.NAME, text(signature("token of " + cookie.value(), hash))));
    }

    /** As texts, since two may stand for the same bytes; in a time that tells nothing. */
    private static boolean isEqual(SessionCookie shown, SessionCookie ours) {
        return MessageDigest.isEqual(
                shown.value().getBytes(StandardCharsets.UTF_8), ours.value().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end(SessionCookie cookie) {
        long now = System.currentTimeMillis();
        ended.values().removeIf(since -> now - since > LONGEST.toMillis());
        ended.put(cookie, now);
    }

    private static SessionCookie cookie(long began, String hash) {
        byte[] signature = signature("session of " + began, hash);
        return new SessionCookie(text(ByteBuffer.allocate(Long.BYTES + SIGNATURE_BYTES)
                .putLong(began)
                .put(Arrays.copyOf(signature, SIGNATURE_BYTES))
                .array()));
    }

    private static byte[] signature(String text, String hash) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(hash.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no " + ALGORITHM, e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
