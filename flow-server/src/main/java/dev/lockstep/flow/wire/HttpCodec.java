package dev.lockstep.flow.wire;

import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;

/** Grizzly's HTTP, which tells in our words what it cannot read. */
final class HttpCodec extends HttpServerFilter {

    static final int HEAD_MAX = 8 * 1024;

    static final WireProblem NO_HTTP =
            WireProblem.malformed("This is no HTTP/1.1 request with a head of at most " + HEAD_MAX + " bytes");

    private static final boolean CHUNKS_ARE_READ = true;
    private static final int UNLIMITED = -1;

    @SuppressWarnings("deprecation") // there is no other constructor in this version
    HttpCodec() {
        super(CHUNKS_ARE_READ, HEAD_MAX, keepAlive(), null);
    }

    /** Idle connections are the {@link Visitors}' concern. */
    private static KeepAlive keepAlive() {
        KeepAlive keepAlive = new KeepAlive();
        keepAlive.setMaxRequestsCount(UNLIMITED);
        return keepAlive;
    }

    @Override
    protected HttpContent customizeErrorResponse(HttpResponsePacket response) {
        return HttpAnswer.of(response, NO_HTTP);
    }
}
