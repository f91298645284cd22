package dev.lockstep.shop.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.operator.control.SessionCookie;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions that no table keeps. */
class SignedSessionsTest {

    private static final String HASH = "PBKDF2WithHmacSHA512:210000:salt:hash";

    private final SignedSessions sessions = of(HASH);

    @Test
    void sessionOutlivesItsServer() {
        SessionCookie cookie = sessions.begin("operator", HASH);
        assertThat(of(HASH).find(cookie))
                .hasValueSatisfying(session -> assertThat(session.name()).isEqualTo("operator"));
        assertThat(of(HASH).find(cookie).orElseThrow().csrfToken())
                .isEqualTo(sessions.find(cookie).orElseThrow().csrfToken())
                .isNotEqualTo(cookie.value());
    }

    @Test
    void newPasswordEndsAllSessions_andWithoutOneThereIsNone() {
        SessionCookie cookie = sessions.begin("operator", HASH);
        assertThat(of("another").find(cookie)).isEmpty();
        assertThat(new SignedSessions(Optional::empty).find(cookie)).isEmpty();
    }

    @Test
    void logoutEndsASession() {
        SessionCookie cookie = sessions.begin("operator", HASH);
        sessions.end(cookie);
        assertThat(sessions.find(cookie)).isEmpty();
    }

    /** The last of 43 characters has two bits that count for nothing: another text of the same bytes is no cookie of ours. */
    @Test
    void cookieOfTheSameBytes_andOneThatIsMadeUp_areNone() {
        String value = sessions.begin("operator", HASH).value();
        char last = value.charAt(42);
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String other = value.substring(0, 42) + letters.charAt(letters.indexOf(last) ^ 1);
        assertThat(sessions.find(new SessionCookie(other))).isEmpty();
        assertThat(sessions.find(new SessionCookie("A".repeat(43)))).isEmpty();
        assertThat(sessions.find(new SessionCookie(value.substring(0, 20) + "A".repeat(23))))
                .isEmpty();
    }

    private static SignedSessions of(String hash) {
        return new SignedSessions(() -> Optional.of(hash));
    }
}
