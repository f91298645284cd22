package dev.lockstep.launcher.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void randomOneHasMoreThan100Bits_andNothingToMisread() {
        assertThat(Stream.generate(Password::random).limit(1000).map(Password::text))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}"));
        assertThat(25 * Math.log(31) / Math.log(2)).isGreaterThan(100);
    }

    @Test
    void hashNamesAllThatVerifiesIt_andIsAnotherEachTime() {
        Password password = Password.random();
        String[] parts = password.hash().split(":", -1);
        assertThat(parts).hasSize(4).startsWith("PBKDF2WithHmacSHA512", "210000");
        assertThat(Base64.getDecoder().decode(parts[2])).hasSize(32);
        assertThat(Base64.getDecoder().decode(parts[3])).hasSize(64);
        assertThat(password.hash()).isNotEqualTo(String.join(":", parts));
    }

    @Test
    void neverShowsItselfInALog() {
        Password password = Password.random();
        assertThat("" + password).doesNotContain(password.text());
    }
}
