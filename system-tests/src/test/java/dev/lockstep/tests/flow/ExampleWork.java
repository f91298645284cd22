package dev.lockstep.tests.flow;

import dev.lockstep.tests.killmatrix.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an example is for, asked for as its page does, and judged by what both databases have. No snapshot spans two databases: so it is judged
 * when nothing is open any more. Thread-safe.
 */
abstract class ExampleWork {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(90);

    private final URI address;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();

    /** Where it is asked for. */
    ExampleWork(String address) {
        this.address = URI.create(address);
    }

    /** The body of one request. */
    abstract String wish(UUID id, Random random);

    /** The ids of all that the first database has, and what of each. */
    abstract Map<String, String> inTheFirst();

    /** The same of the second database, in the same words. */
    abstract Map<String, String> inTheSecond();

    /** What else is wrong. */
    abstract List<String> otherViolations();

    /** Whether a flow of each kind has gone through. */
    abstract boolean goesEachWay();

    /** By which a row is known that one request has written. */
    abstract String key(UUID id);

    /** Asks for one, and keeps what is answered. */
    Answer ask(Random random) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        return ask(id, wish(id, random));
    }

    Answer ask(UUID id, String wish) {
        Answer answer = send(wish);
        answers.put(key(id), answer);
        return answer;
    }

    private Answer send(String wish) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish))
                .build();
        try {
            return switch (http.send(request, BodyHandlers.ofString()).statusCode()) {
                case 201 -> Answer.YES;
                case 400, 409 -> Answer.NO;
                default -> Answer.UNKNOWN;
            };
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return Answer.NO; // it was never sent
        } catch (IOException e) {
            return Answer.LOST;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How many were answered so. */
    Map<Answer, Integer> answers() {
        Map<Answer, Integer> all = new EnumMap<>(Answer.class);
        answers.values().forEach(one -> all.merge(one, 1, Integer::sum));
        return all;
    }

    /** All that is in one database alone, or was answered and is not so. */
    List<String> violations() {
        Map<String, String> first = inTheFirst();
        Map<String, String> second = inTheSecond();
        List<String> violations = new ArrayList<>(otherViolations());
        Set<String> all = new HashSet<>(first.keySet());
        all.addAll(second.keySet());
        for (String id : all) {
            if (first.get(id) == null || !first.get(id).equals(second.get(id))) {
                violations.add("apart: " + id + " is " + first.get(id) + " here and " + second.get(id) + " there");
            }
        }
        answers.forEach((id, answer) -> {
            if ((answer == Answer.YES && !all.contains(id)) || (answer == Answer.NO && all.contains(id))) {
                violations.add(id + " was answered \"" + answer + "\", and is "
                        + (all.contains(id) ? "written" : "not written"));
            }
        });
        return violations;
    }
}
