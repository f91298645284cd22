package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;

/** Orders of a server, over one connection. */
final class HttpOrdering implements Ordering {

    private final HttpConnection connection;
    private final World world;

    HttpOrdering(URI server, World world) {
        this.connection = new HttpConnection(server);
        this.world = world;
    }

    @Override
    public Reply order(int productId, int quantity) throws IOException {
        Answer answer = connection.post(
                world.path(),
                "{\"productId\":" + productId + ",\"quantity\":" + quantity + ",\"orderName\":\"Benchmark\"}");
        return answer.status() == world.yes()
                ? Reply.yes(
                        UUID.fromString(answer.location().substring(world.path().length() + 1)))
                : Reply.no(answer.status() + " " + answer.body());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
