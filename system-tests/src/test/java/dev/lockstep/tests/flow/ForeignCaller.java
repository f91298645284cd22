package dev.lockstep.tests.flow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Another implementation of a caller, written after docs/flow-protocol.md: it has none of the product's classes.
 *
 * @param node as whom it signs
 * @param callee whom it calls
 * @param key 32 bytes in Base64url
 */
record ForeignCaller(String node, String callee, String key) {

    private static final int NONCE_LENGTH = 22;
    private static final long TIMEOUT_MILLIS = 5_000;

    /** Takes one piece of a product, in a flow of its own, with a signature of this time. */
    HttpMessage decrease(Address at, int product, Instant signed) {
        String path = "/api/stock/" + product + "/decrease?n=1";
        String flow = UUID.randomUUID().toString();
        String call = "caller=" + node + "; n=1; timeout=" + TIMEOUT_MILLIS;
        byte[] body = "{}".getBytes(UTF_8);
        String nonce = UUID.randomUUID().toString().replace("-", "").substring(0, NONCE_LENGTH);
        String mac = mac(List.of(
                "lockstep-flow/1",
                "work",
                node,
                callee,
                Long.toString(signed.toEpochMilli()),
                nonce,
                "POST",
                path,
                flow,
                call,
                base64(sha256(body))));
        return send(
                at.applicationPort(),
                new HttpMessage(
                        "POST " + path + " HTTP/1.1",
                        List.of(
                                "Host: 127.0.0.1:" + at.applicationPort(),
                                "Content-Type: application/json",
                                "Content-Length: " + body.length,
                                "Lockstep-Flow: " + flow,
                                "Lockstep-Flow-Call: " + call,
                                "Lockstep-Signature: node=" + node + "; time=" + signed.toEpochMilli() + "; nonce="
                                        + nonce + "; mac=" + mac),
                        body));
    }

    /** Sends a message as it is, and returns its answer. */
    static HttpMessage send(int port, HttpMessage request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            request.writeTo(socket.getOutputStream());
            return HttpMessage.read(new BufferedInputStream(socket.getInputStream()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mac(List<String> fields) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        for (String field : fields) {
            byte[] bytes = field.getBytes(UTF_8);
            framed.writeBytes((bytes.length + ":").getBytes(US_ASCII));
            framed.writeBytes(bytes);
            framed.write(',');
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(key), "HmacSHA256"));
            return base64(mac.doFinal(framed.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
