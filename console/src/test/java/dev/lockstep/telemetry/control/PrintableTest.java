package dev.lockstep.telemetry.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

/** What a stranger's method, address or header does to a log. */
class PrintableTest {

    private static final String HEAD = "[2026-11-28T11:00:00.000+0000] [] [WARNING] [] [logger] [levelValue: 900] ";

    @Test
    void controlCharacters_areEscaped() {
        assertThat(Printable.text(HEAD + "a\u001b[2J\u0007\r\u009b31m\u202eb\tc\n"))
                .isEqualTo(HEAD + "a\\u001b[2J\\u0007\\u000d\\u009b31m\\u202eb\tc\n");
        assertThat(Printable.json("{\"a\":\"\u007f\u2028\"}\n")).isEqualTo("{\"a\":\"\\u007f\\u2028\"}\n");
    }

    @Test
    void payarasOwnColours_areLeftOut() {
        assertThat(Printable.text("[\u001b[1;91mSEVERE\u001b[0m] [levelValue: 1000] \u001b[0m\n"))
                .isEqualTo("[SEVERE] [levelValue: 1000] \\u001b[0m\n");
    }

    @Test
    void lineWithinAMessage_doesNotBeginAsARecordDoes() {
        assertThat(Printable.text(HEAD + "[[\n  a\n[2026-11-28T11:00:00.000+0000] [SEVERE] forged]]\n\n"))
                .isEqualTo(HEAD + "[[\n  a\n  [2026-11-28T11:00:00.000+0000] [SEVERE] forged]]\n\n");
    }

    @Test
    void longWords_areCut() {
        String address = "/" + "a".repeat(255);
        assertThat(Printable.text("GET " + address + " refused\n")).isEqualTo("GET " + address + " refused\n");
        assertThat(Printable.text("GET " + address + "b".repeat(3000) + " refused\n"))
                .isEqualTo("GET " + address + "… refused\n");
        assertThat(Printable.json("{\"m\":\"" + address + "bc x\",\"n\":\"" + address + "\"}"))
                .isEqualTo("{\"m\":\"" + address + "… x\",\"n\":\"" + address + "\"}");
    }

    @Test
    void longLines_areCut() {
        String words = "word ".repeat(500);
        assertThat(Printable.text(words + "\n" + words + "\n"))
                .isEqualTo(words.substring(0, 2048) + "…\n" + words.substring(0, 2048) + "…\n");
    }

    /** Scenario: the cut falls into the midst of an escape. Expected outcome: it is JSON still. */
    @Test
    void cutJson_isStillJson() {
        for (int before = 250; before < 260; before++) {
            String value = "x".repeat(before) + "\\u001b\\\"\\\\".repeat(20);
            try (JsonReader json =
                    Json.createReader(new StringReader(Printable.json("{\"a\":\"" + value + "\",\"b\":\"c\"}")))) {
                assertThat(json.readObject().getString("b")).isEqualTo("c");
            }
        }
    }

    /** Its lines are no words. */
    @Test
    void stackTraces_stayWhole() {
        String trace = "a.B: c" + "\\n\\tat a.b.C.d(C.java:1)".repeat(200);
        assertThat(Printable.json("{\"StackTrace\":\"" + trace + "\"}"))
                .isEqualTo("{\"StackTrace\":\"" + trace + "\"}");
    }
}
