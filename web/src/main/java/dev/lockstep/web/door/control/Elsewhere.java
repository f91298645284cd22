package dev.lockstep.web.door.control;

import jakarta.servlet.AsyncContext;

/**
 * Ends requests from threads that are not the container's. Grizzly goes on with the connection in the thread that ends a request: what a client has sent
 * behind it is read, and would be served, there ({@code DefaultFilterChain.execute}, 4.0.2). Then it would keep others waiting whom this thread has
 * to answer. So the {@linkplain dev.lockstep.web.door.boundary door} hands it to the container's threads.
 */
public final class Elsewhere {

    private static final ThreadLocal<Boolean> HERE = new ThreadLocal<>();

    private Elsewhere() {}

    /**
     * Ends a request; returns soon, whatever its client has sent behind it.
     *
     * @param request the request
     * @throws IllegalStateException if it has ended already
     */
    public static void complete(AsyncContext request) {
        HERE.set(true);
        try {
            request.complete();
        } finally {
            HERE.remove();
        }
    }

    /** {@return whether this thread is in the midst of ending a request, and may serve no other} */
    public static boolean isHere() {
        return HERE.get() != null;
    }
}
