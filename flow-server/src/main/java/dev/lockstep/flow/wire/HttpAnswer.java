package dev.lockstep.flow.wire;

import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/** Puts a body into an HTTP answer. */
final class HttpAnswer {

    private HttpAnswer() {}

    static HttpContent of(HttpResponsePacket response, int status, String mediaType, byte[] body) {
        response.setStatus(status);
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        return HttpContent.builder(response)
                .content(Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, body))
                .last(true)
                .build();
    }

    /** After a problem the connection ends: peers have none, and strangers need not stay. */
    static HttpContent of(HttpResponsePacket response, WireProblem problem) {
        response.setHeader("Connection", "close");
        return of(response, problem.status(), WireProblem.MEDIA_TYPE, problem.json());
    }
}
