package dev.lockstep.launcher.payara;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ObjectName;

/**
 * How a server's JVM keeps its memory. A shop's live objects are 80 MB, and nearly all others die within a commit. So a small heap and the simplest collector are the
 * fastest on a machine with two processors, and need the least memory; the figures are in docs/fast.md. The heap grows if more objects live.
 */
final class JvmMemory {

    /**
     * What lives as long as a commit must not get among the old objects, also with 1000 clients, since only a long pause gets it out of there; hence the
     * sizes. The old part is not widened as long as a fifth of it is free after a full collection; by default it must be two fifths. The server's classes take
     * so much memory in any case. By default they are collected over and over while it starts.
     */
    static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xms232m",
            "-Xmn112m",
            "-XX:SurvivorRatio=2",
            "-XX:TargetSurvivorRatio=90",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MetaspaceSize=128m");

    /**
     * What not every JVM 17 can, by its name there. Large pages are had if the kernel grants them, and spare processors much looking up. What the compilers have
     * left is given back every ten seconds.
     */
    private static final Map<String, String> OPTIONS_IF_KNOWN = Map.of(
            "UseTransparentHugePages", "-XX:+UseTransparentHugePages",
            "TrimNativeHeapInterval", "-XX:TrimNativeHeapInterval=10000");

    /** Where a user tells the JVM more than the launcher does. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /** A word about collectors, sizes or pages, or a file that may have one. The largest heap is not among them: it is a setting of the launcher's. */
    private static final Pattern OWN_CHOICE = Pattern.compile("(?<!\\S)[\"']?(-Xm[ns]\\d"
            + "|-XX:[+-]Use\\w+GC\\b"
            + "|-XX:[+-]?\\w*(HeapSize|HeapFree|AggressiveHeap|NewSize|NewRatio|Survivor|Metaspace|RAM|GCPause)"
            + "|-XX:[+-]?\\w*(LargePage|HugePage|TrimNativeHeap)"
            + "|-XX:(Flags|VMOptionsFile)="
            + "|@)");

    private JvmMemory() {}

    /**
     * Tells the options. If a user has told the JVM anything of his own about its memory, all is left to him and to it: it does not start if it is told of two
     * collectors, and would not heed his sizes.
     *
     * @param environment the variables of the server's process
     * @return options for the JVM that the launcher runs on
     */
    static List<String> options(Map<String, String> environment) {
        if (VARIABLES.stream()
                .anyMatch(name ->
                        OWN_CHOICE.matcher(environment.getOrDefault(name, "")).find())) {
            return List.of();
        }
        List<String> options = new ArrayList<>(OPTIONS);
        OPTIONS_IF_KNOWN.forEach((name, option) -> {
            if (isKnown(name)) {
                options.add(option);
            }
        });
        return options;
    }

    /** That JVM answers itself; the type of the answer is not among those that every JDK has. */
    private static boolean isKnown(String option) {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {option},
                            new String[] {String.class.getName()});
            return true;
        } catch (JMException | JMRuntimeException e) {
            return false;
        }
    }
}
