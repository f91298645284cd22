package dev.lockstep.web.door.boundary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.Problem;
import dev.lockstep.web.door.control.Address;
import dev.lockstep.web.door.control.DoorProblems;
import dev.lockstep.web.door.control.Elsewhere;
import dev.lockstep.web.door.control.HostNames;
import dev.lockstep.web.door.control.Refusal;
import dev.lockstep.web.guard.BrowserRules;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.util.DataChunk;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/**
 * The listener's filter between HTTP and the container. A request goes on only with its whole body, so no thread of the container waits for
 * one (D1 to D3), nor for a client that does not read (D8); and what the container answers by itself goes out in our words (D4). One for all
 * connections; thread-safe.
 */
final class Door extends BaseFilter {

    /** In all, from the end of the head. */
    static final Duration BODY_LIMIT = Duration.ofSeconds(5);

    /** An answer's, from its last byte on; so long Grizzly would have a thread wait. */
    private static final Duration READING_LIMIT = Duration.ofSeconds(30);

    /** After a refusal at the deadline, for the client to read it. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** The most bytes of answers that wait for their clients, a tenth of a small heap. */
    private static final long UNREAD_MAX = 32L * 1024 * 1024;

    private static final Logger LOG = System.getLogger(Door.class.getName());

    private static final List<String> METHODS_OF_PAGES = List.of("GET", "HEAD", "POST");
    /** Jersey adds it to what Payara serves by Jakarta REST, {@code /openapi} for one. */
    private static final String DESCRIPTION_OF_PAYARAS_OWN = "/application.wadl";

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);
    private static final int FIRST_REDIRECTION = 300;
    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_ERROR = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final HostNames hosts;
    private final Predicate<String> isOurs;
    private final ScheduledExecutorService timer;
    private final UnreadAnswers unread;

    private final Attribute<Arrival> arrivals = attribute("arrival");
    private final Attribute<Boolean> retold = attribute("retold");

    /** A door for the paths that are ours; what other applications of the server get and answer passes it as it is. */
    Door(HostNames hosts, Predicate<String> isOurs, ScheduledExecutorService timer) {
        this(hosts, isOurs, timer, new UnreadAnswers(READING_LIMIT, UNREAD_MAX, timer));
    }

    Door(HostNames hosts, Predicate<String> isOurs, ScheduledExecutorService timer, UnreadAnswers unread) {
        this.hosts = hosts;
        this.isOurs = isOurs;
        this.timer = timer;
        this.unread = unread;
    }

    /** Grizzly shares the attributes of a name, and they outlive the application; the next one has other classes, so it needs other names. */
    static <T> Attribute<T> attribute(String name) {
        int deployment = System.identityHashCode(Door.class.getClassLoader());
        return Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(Door.class.getName() + '@' + deployment + '.' + name);
    }

    /** Nothing of ours speaks another protocol, and a server may ignore the offer (RFC 9110, section 7.8); the codec would see no end of such a body. */
    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) {
        if (event instanceof HttpEvents.IncomingHttpUpgradeEvent upgrade && isOurs(upgrade.getHttpHeader())) {
            upgrade.getHttpHeader().setIgnoreContentModifiers(false);
            upgrade.getHttpHeader().getUpgradeDC().recycle();
        } else if (event instanceof HttpEvents.ResponseCompleteEvent) {
            unread.await(context);
        }
        return context.getInvokeAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) {
        if (Elsewhere.isHere()) {
            NextAction later = context.getSuspendAction();
            context.suspend();
            context.getConnection().getTransport().getWorkerThreadPool().execute(context::resume);
            return later;
        }
        HttpContent content = context.getMessage();
        HttpContext exchange = HttpContext.get(context);
        if (HttpContent.isBroken(content)) {
            return context.getStopAction(); // the codec has refused it
        }
        Arrival arrival = arrivals.get(exchange);
        return arrival == null ? begin(context, exchange, content) : goOn(context, exchange, content, arrival);
    }

    private NextAction begin(FilterChainContext context, HttpContext exchange, HttpContent content) {
        HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
        Connection<?> connection = context.getConnection();
        if (!isOurs(request)) {
            UnreadAnswers.leave(connection);
            return context.getInvokeAction();
        }
        if (UnreadAnswers.isClogged(connection)) {
            connection.terminateSilently();
            return context.getStopAction();
        }
        UnreadAnswers.letWait(connection);
        Optional<Problem> refusal = refusal(request);
        if (refusal.isPresent()) {
            return refuse(context, request, refusal.get());
        }
        if (content.isLast()) {
            return context.getInvokeAction();
        }
        Arrival arrival = new Arrival();
        try {
            arrival.until(timer.schedule(
                    () -> expire(connection, request, arrival), BODY_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "A body begins while the application ends", e);
            return refuse(context, request, DoorProblems.of(UNAVAILABLE));
        }
        arrivals.set(exchange, arrival);
        if (request.requiresAcknowledgement()) {
            context.write(Buffers.wrap(context.getMemoryManager(), CONTINUE));
            request.getResponse().acknowledged();
        }
        return goOn(context, exchange, content, arrival);
    }

    private NextAction goOn(FilterChainContext context, HttpContext exchange, HttpContent content, Arrival arrival) {
        arrival.add(content.getContent());
        boolean isTooLarge = arrival.size() > Exchange.BODY_MAX;
        if ((!content.isLast() && !isTooLarge) || !arrival.end()) {
            return context.getStopAction();
        }
        arrival.callOff();
        arrivals.remove(exchange);
        HttpRequestPacket request = (HttpRequestPacket) content.getHttpHeader();
        if (isTooLarge) {
            return refuse(context, request, DoorProblems.bodyTooLarge());
        }
        context.setMessage(HttpContent.builder(request)
                .content(Buffers.wrap(context.getMemoryManager(), arrival.body()))
                .last(true)
                .build());
        return context.getInvokeAction();
    }

    private void expire(Connection<?> connection, HttpRequestPacket request, Arrival arrival) {
        if (arrival.end()) {
            connection.write(answer(request, DoorProblems.bodyTimeout(BODY_LIMIT)), null);
            connection.closeSilently();
            terminateLater(connection);
        }
    }

    /** A closing connection waits until its client has read all, which may be never. */
    private void terminateLater(Connection<?> connection) {
        try {
            var unused = timer.schedule(connection::terminateSilently, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "A body ends with the application", e);
            connection.terminateSilently();
        }
    }

    private Optional<Problem> refusal(HttpRequestPacket request) {
        Address address = address(request);
        String method = request.getMethodDC().toString();
        List<String> named = new ArrayList<>();
        request.getHeaders().values("Host").forEach(named::add);
        if (named.size() > 1) {
            return Optional.of(DoorProblems.severalHosts(named.size()));
        }
        if (!named.isEmpty() && !hosts.admit(named.get(0), isFromHere(request))) {
            return Optional.of(DoorProblems.unknownHost(named.get(0)));
        }
        if (!address.isCanonical() || address.path().endsWith(DESCRIPTION_OF_PAYARAS_OWN)) {
            return Optional.of(HttpProblems.notFound(address.path()));
        }
        if (method.equals("TRACE") || !(METHODS_OF_PAGES.contains(method) || address.isOfApi())) {
            request.getResponse().setHeader("Allow", String.join(", ", METHODS_OF_PAGES));
            return Optional.of(HttpProblems.methodNotAllowed(method, METHODS_OF_PAGES));
        }
        if (!isText(request.getQueryStringDC())) {
            return Optional.of(DoorProblems.queryIsNoText());
        }
        String coding = request.getHeader("Transfer-Encoding");
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            return Optional.of(DoorProblems.unknownCoding(coding));
        }
        if (request.getContentLength() > Exchange.BODY_MAX) {
            return Optional.of(DoorProblems.bodyTooLarge());
        }
        return Optional.ofNullable(request.getHeader("Expect"))
                .filter(expectation -> !expectation.equalsIgnoreCase("100-continue"))
                .map(DoorProblems::expectationFailed);
    }

    /** Of other bytes Grizzly makes an IllegalStateException, wherever the first parameter is read ({@code Parameters.processParameters}). */
    private static boolean isText(DataChunk query) {
        try {
            byte[] bytes =
                    query.isNull() ? new byte[0] : query.toString(ISO_8859_1).getBytes(ISO_8859_1);
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isFromHere(HttpRequestPacket request) {
        return request.getConnection().getLocalAddress() instanceof InetSocketAddress local
                && local.getAddress().isLoopbackAddress();
    }

    private NextAction refuse(FilterChainContext context, HttpRequestPacket request, Problem problem) {
        context.write(answer(request, problem));
        unread.await(context);
        context.notifyDownstream(HttpServerFilter.RESPONSE_COMPLETE_EVENT);
        if (request.isExpectContent() && request.getContentLength() < 0 && !request.isChunked()) {
            context.getConnection().closeSilently(); // CONNECT: what follows has no end
        }
        return context.getStopAction();
    }

    private HttpContent answer(HttpRequestPacket request, Problem problem) {
        Refusal refusal = Refusal.of(problem, address(request));
        byte[] body = refusal.body();
        HttpResponsePacket response = request.getResponse();
        retold.set(response, true);
        response.setStatus(refusal.status());
        response.setReasonPhrase(problem.title());
        response.setContentType(refusal.mediaType());
        response.setContentLength(body.length);
        response.setHeader("Cache-Control", "no-store");
        BrowserRules.tell("https".equals(request.getHeader("X-Forwarded-Proto")), response::setHeader);
        return HttpContent.builder(response)
                .content(Buffers.wrap(MemoryManager.DEFAULT_MEMORY_MANAGER, body))
                .last(true)
                .build();
    }

    /** Our own errors are JSON, and nothing of ours redirects, so any other is the container's: from a folder to the same with a slash. */
    @Override
    public NextAction handleWrite(FilterChainContext context) {
        if (context.getMessage() instanceof HttpPacket packet
                && packet.getHttpHeader() instanceof HttpResponsePacket response) {
            if (retold.isSet(response)) {
                // What is left of the container's words; ours have gone.
                if (response.isCommitted()) {
                    context.setMessage(HttpContent.builder(response).last(true).build());
                }
            } else if (!response.isCommitted() && isStream(response)) {
                UnreadAnswers.holdUp(context.getConnection());
            } else if (!response.isCommitted() && isOfContainer(response)) {
                boolean isError = response.getStatus() >= FIRST_ERROR;
                Problem problem = DoorProblems.of(isError ? response.getStatus() : NOT_FOUND);
                response.getHeaders().removeHeader("Location");
                context.setMessage(answer(response.getRequest(), problem));
            }
        }
        return context.getInvokeAction();
    }

    private static boolean isStream(HttpResponsePacket response) {
        String type = response.getContentType();
        return type != null && type.startsWith("text/event-stream");
    }

    private boolean isOfContainer(HttpResponsePacket response) {
        String type = response.getContentType();
        return response.getStatus() >= FIRST_REDIRECTION
                && response.getStatus() != NOT_MODIFIED
                && (type == null || !type.contains("json"))
                && isOurs(response.getRequest());
    }

    private boolean isOurs(HttpHeader request) {
        return MappedPath.of(address(request).path()).map(isOurs::test).orElse(true);
    }

    static Address address(HttpHeader header) {
        HttpRequestPacket request = (HttpRequestPacket) header;
        return new Address(request.getRequestURIRef().getRequestURIBC().isNull() ? "" : request.getRequestURI());
    }
}
