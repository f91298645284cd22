package dev.lockstep.flow.trust;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code java -jar flow-server.jar}: {@link FlowKey} at the command line. */
public final class FlowKeyCommand {

    private static final int FAILED = 1;
    private static final int MISUNDERSTOOD = 2;

    private FlowKeyCommand() {}

    /**
     * Keeps a peers file. Ends with 1 if the file cannot be used, and with 2 if the arguments are not understood.
     *
     * @param arguments as {@link FlowKey#USAGE} tells, without the first word
     */
    public static void main(String[] arguments) {
        int status = run(List.of(arguments), System.getenv(), standardOutput());
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
        String node = environment.getOrDefault(Peers.NODE, environment.getOrDefault(Peers.SERVER_NAME, ""));
        try {
            if (node.isEmpty()) {
                throw new IllegalArgumentException(Peers.SERVER_NAME
                        + " must be the name of this server, as its line of the file has it\n" + FlowKey.USAGE);
            }
            out.print(FlowKey.run(arguments, node));
            return 0;
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            return MISUNDERSTOOD;
        } catch (IOException e) {
            out.println((FlowKey.isReading(arguments) ? "" : "Nothing was changed: ") + e.getMessage());
            return FAILED;
        }
    }

    @WritesToConsole
    private static PrintStream standardOutput() {
        return System.out;
    }
}
