package dev.lockstep.shop.order;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client that has sent an order and waits, as the servlet container shows it to whoever answers. */
final class WaitingClient {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> headers = new HashMap<>();
    private final List<Integer> statuses = new ArrayList<>();
    private AsyncListener listener;
    private boolean isBroken;
    private boolean isRefusing;
    private int completions;

    /** That of a container that is told none. */
    private long timeLimit = 30_000;

    /** What it was answered: mostly one status. */
    List<Integer> statuses() {
        return statuses;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.get(name);
    }

    /** How often the container was told that it has its answer. */
    int completions() {
        return completions;
    }

    /** Its connection takes nothing any more, and nobody knows yet. */
    void breakDown() {
        isBroken = true;
    }

    /** Its response cannot be made, by a fault of the server. */
    void refuseHeaders() {
        isRefusing = true;
    }

    /** The container gives its request up. */
    void isGivenUp() throws IOException {
        listener.onError(null);
        listener.onComplete(null);
    }

    /** For how long the container lets it wait, in milliseconds; 0 is for ever. */
    long timeLimit() {
        return timeLimit;
    }

    HttpServletRequest request() {
        return saying(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "startAsync" -> context();
            case "getContextPath" -> "";
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private AsyncContext context() {
        return saying(AsyncContext.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "addListener" -> listener = (AsyncListener) arguments[0];
                case "complete" -> completions++;
                case "setTimeout" -> timeLimit = (Long) arguments[0];
                case "getRequest" -> {
                    return request();
                }
                case "getResponse" -> {
                    return response();
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
    }

    private HttpServletResponse response() {
        return saying(HttpServletResponse.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getOutputStream" -> new Output();
            case "containsHeader" -> headers.containsKey((String) arguments[0]);
            case "setHeader" -> {
                if (isRefusing) {
                    throw new IllegalStateException("a fault of the server");
                }
                yield headers.put((String) arguments[0], (String) arguments[1]);
            }
            case "isCommitted" -> body.size() > 0;
            case "setStatus" -> statuses.add((Integer) arguments[0]);
            default -> null;
        });
    }

    /** A method without a result is given none. */
    private static <T> T saying(Class<T> type, InvocationHandler words) {
        InvocationHandler checked = (proxy, method, arguments) -> {
            Object said = words.invoke(proxy, method, arguments);
            return method.getReturnType() == void.class ? null : said;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, checked));
    }

    private final class Output extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener writer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (isBroken) {
                throw new IOException("Broken pipe");
            }
            body.write(bytes, from, length);
        }
    }
}
