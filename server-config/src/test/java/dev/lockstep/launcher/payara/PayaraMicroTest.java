package dev.lockstep.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the JVM makes of the options that Payara is started with. */
class PayaraMicroTest {

    /** Does what Payara's deployment does, and then what no server should survive. */
    static final class Program {

        private Program() {}

        /** Ends with the code of a JVM without memory, or with another. */
        public static void main(String[] arguments) throws InterruptedException {
            if (!"dynamic".toUpperCase(Locale.getDefault()).equals("DYNAMIC")) {
                Runtime.getRuntime().exit(LOST_IN_TRANSLATION);
            }
            Thread greedy = new Thread(() -> new ArrayList<>(List.of(new long[Integer.MAX_VALUE - 8])).clear());
            greedy.start();
            greedy.join();
            Runtime.getRuntime().exit(SURVIVED);
        }
    }

    private static final int LOST_IN_TRANSLATION = 41;
    private static final int SURVIVED = 42;
    private static final int OUT_OF_MEMORY = 3;

    /** Scenario: a Turkish machine; later a thread finds no memory. Expected outcome: Payara's words are English; the JVM ends. */
    @Test
    void serverDeploysInTurkey_andDoesNotOutliveItsMemory() throws Exception {
        List<String> command = new ArrayList<>(List.of(ClassArchive.java(), "-Xmx16m"));
        command.addAll(PayaraMicro.JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.environment().put("JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(OUT_OF_MEMORY);
    }
}
