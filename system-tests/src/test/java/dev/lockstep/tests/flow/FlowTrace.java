package dev.lockstep.tests.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.tests.flow.Link.Exchange;
import dev.lockstep.tests.flow.Machines.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What went over some links, in the order of delivery.
 *
 * @param messages each with its way
 */
record FlowTrace(List<Map.Entry<Way, Exchange>> messages) {

    static FlowTrace of(Machines machines, Way... ways) {
        return new FlowTrace(Stream.of(ways)
                .flatMap(way -> machines.link(way).trace().stream().map(one -> Map.entry(way, one)))
                .sorted(Comparator.comparingLong(one -> one.getValue().at()))
                .toList());
    }

    FlowTrace without(FlowTrace earlier) {
        return new FlowTrace(
                messages.stream().filter(one -> !earlier.messages.contains(one)).toList());
    }

    /** Such as {@code commit client to order}. */
    List<String> words() {
        return messages.stream()
                .map(one -> one.getValue().kind() + " " + one.getKey())
                .toList();
    }

    /** What each call left to the server that was called, in milliseconds. */
    List<Long> timeouts() {
        return messages.stream()
                .flatMap(one -> one.getValue().request().header("Lockstep-Flow-Call").stream())
                .map(call -> Long.valueOf(call.replaceAll(".*timeout=([0-9]+).*", "$1")))
                .toList();
    }

    /** Writes each message with what is signed of it, and its answer. */
    void write(Path file) {
        String page = messages.stream().map(this::paragraph).collect(Collectors.joining("\n"));
        try {
            Files.writeString(file, "# The messages of one flow\n\n" + page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String paragraph(Map.Entry<Way, Exchange> one) {
        long micros = (one.getValue().at() - messages.get(0).getValue().at()) / 1000;
        return "## " + one.getValue().kind() + ", " + one.getKey() + ", after " + micros + " µs\n\n```\n"
                + text(one.getValue().request())
                + one.getValue().answer().map(FlowTrace::text).orElse("no answer\n") + "```\n";
    }

    private static String text(HttpMessage message) {
        return Stream.concat(
                                Stream.of(message.start()),
                                message.headers().stream()
                                        .filter(line ->
                                                line.regionMatches(true, 0, "Lockstep-", 0, "Lockstep-".length())))
                        .collect(Collectors.joining("\n", "", "\n"))
                + new String(message.body(), UTF_8) + "\n";
    }
}
