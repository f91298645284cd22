package dev.lockstep.web.door.boundary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lockstep.web.Problem;
import dev.lockstep.web.door.control.DoorProblems;
import dev.lockstep.web.door.control.Refusal;
import dev.lockstep.web.guard.BrowserRules;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;

/**
 * The listener's filter between the network and HTTP. What the codec cannot read never reaches the {@link Door}; it refuses with an empty 400 and
 * closes. A probe hears of it just before, and this filter sends our words instead (D4).
 */
final class Doorstep extends BaseFilter {

    private static final int BAD_REQUEST = 400;
    private static final int ADDRESS_TOO_LONG = 414;
    private static final int HEADER_TOO_LARGE = 431;

    private final Attribute<byte[]> answers = Door.attribute("answer");

    private final HttpProbe probe = new HttpProbe.Adapter() {
        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public void onErrorEvent(Connection connection, HttpPacket packet, Throwable error) {
            if (packet.getHttpHeader() instanceof HttpRequestPacket request
                    && !request.getResponse().isCommitted()) {
                answers.set(connection, answer(request, error));
                request.setProtocol(Protocol.HTTP_1_1); // else of an unknown one the codec dies, without an answer
            }
        }
    };

    /** {@return what hears of requests that cannot be read, always the same} */
    HttpProbe probe() {
        return probe;
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) {
        if (context.getMessage() instanceof Buffer refusal) {
            byte[] answer = answers.remove(context.getConnection());
            if (answer != null) {
                refusal.tryDispose();
                context.setMessage(Buffers.wrap(context.getMemoryManager(), answer));
            }
        }
        return context.getInvokeAction();
    }

    private static byte[] answer(HttpRequestPacket request, Throwable error) {
        int status = status(request, error);
        Problem problem = DoorProblems.of(status);
        Refusal refusal = Refusal.of(problem, Door.address(request));
        byte[] body = refusal.body();
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(problem.title())
                .append("\r\nConnection: close\r\nCache-Control: no-store\r\nContent-Type: ")
                .append(refusal.mediaType())
                .append("\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        BrowserRules.tell(
                false,
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] answer = new byte[start.length + body.length];
        System.arraycopy(start, 0, answer, 0, start.length);
        System.arraycopy(body, 0, answer, start.length, body.length);
        return answer;
    }

    private static int status(HttpRequestPacket request, Throwable error) {
        int status = request.getResponse().getStatus();
        if (status >= BAD_REQUEST) {
            return status;
        }
        String words = String.valueOf(error.getMessage());
        if (words.contains("intial line is too large")) { // sic
            return ADDRESS_TOO_LONG;
        }
        return words.contains("header") && words.matches(".*(too large|exceed).*") ? HEADER_TOO_LARGE : BAD_REQUEST;
    }
}
