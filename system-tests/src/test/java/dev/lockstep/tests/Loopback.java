package dev.lockstep.tests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/**
 * A client with an address of its own, such as 127.0.0.20: to the server it is another machine.
 *
 * @param server where the server listens
 * @param last the last byte of the client's address
 */
record Loopback(URI server, int last) {

    /** Tries to log in, and returns the whole answer with its head. */
    String logIn(String name, String password) {
        byte[] body = OperatorClient.loginJson(name, password).getBytes(UTF_8);
        String head = "POST /api/session HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(
                InetAddress.getByName(server.getHost()),
                server.getPort(),
                InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}),
                0)) {
            socket.getOutputStream().write(head.getBytes(UTF_8));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
