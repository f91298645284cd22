package dev.lockstep.web.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;

/** A browser that takes all it is sent unless it is told to wait, as the servlet container shows it to a stream. */
public final class ListeningBrowser {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final String address;
    private final Runnable whileItJoins;
    private final boolean isOperators;
    private volatile AsyncListener listener;
    private volatile long timeoutMillis;
    private volatile boolean isStuck;
    private volatile boolean hasEnded;

    /** One that joins while nothing else happens. */
    public ListeningBrowser() {
        this("192.0.2.1");
    }

    /** One that joins from an address. */
    public ListeningBrowser(String address) {
        this(address, () -> {}, false);
    }

    ListeningBrowser(Runnable whileItJoins) {
        this("192.0.2.1", whileItJoins, false);
    }

    private ListeningBrowser(String address, Runnable whileItJoins, boolean isOperators) {
        this.address = address;
        this.whileItJoins = whileItJoins;
        this.isOperators = isOperators;
    }

    static ListeningBrowser ofAnOperator() {
        return new ListeningBrowser("192.0.2.1", () -> {}, true);
    }

    /** {@return what it got so far} */
    public String received() {
        return received.toString(StandardCharsets.UTF_8);
    }

    /** {@return whether its stream has ended} */
    public boolean hasEnded() {
        return hasEnded;
    }

    /** Takes nothing from now on. */
    void stick() {
        isStuck = true;
    }

    /** How long the container lets its stream live, in milliseconds; 0 is for ever. */
    long timeoutMillis() {
        return timeoutMillis;
    }

    /** The container's time for the stream is over. */
    void outlive() throws IOException {
        listener.onTimeout(null);
    }

    /** Closes the page. */
    public void leave() throws IOException {
        listener.onComplete(null);
    }

    /** {@return its request} */
    public HttpServletRequest request() {
        return saying(HttpServletRequest.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getRemoteAddr")) {
                return address;
            }
            if (method.getName().equals("isUserInRole")) {
                return isOperators;
            }
            whileItJoins.run();
            return context();
        });
    }

    /** {@return the response to it} */
    public HttpServletResponse response() {
        return saying(
                HttpServletResponse.class,
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? new Output() : null);
    }

    private AsyncContext context() {
        return saying(AsyncContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getResponse" -> response();
            case "addListener" -> {
                listener = (AsyncListener) arguments[0];
                yield null;
            }
            case "setTimeout" -> {
                timeoutMillis = (long) arguments[0];
                yield null;
            }
            case "complete" -> {
                hasEnded = true;
                yield null;
            }
            default -> null;
        });
    }

    private static <T> T saying(Class<T> type, InvocationHandler words) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, words));
    }

    private final class Output extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return !isStuck;
        }

        @Override
        public void setWriteListener(WriteListener writer) {
            try {
                writer.onWritePossible();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            received.write(bytes, from, length);
        }
    }
}
