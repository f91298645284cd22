package dev.lockstep.tests.killmatrix.inside;

import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds a step of the protocol where the harness wants it held. The harness says {@code arm KIND MOMENT participant branch globalId},
 * where {@code *} stands for anything in the last three; the first step that matches is told as {@code held number} and those five
 * words, and its thread waits for {@code go number}, or for the end of the connection.
 */
public final class RemoteControlledListener implements TransactionListener {

    /** The system property with the harness's port; without it nothing is held. */
    public static final String PORT = "lockstep.test.control";

    private final Set<String> armed = ConcurrentHashMap.newKeySet();
    private final Map<Integer, CountDownLatch> held = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private PrintWriter harness;

    /** Connects, and learns what is armed before the first step can be taken. */
    public RemoteControlledListener() {
        Integer port = Integer.getInteger(PORT);
        if (port == null) {
            return;
        }
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            harness = new PrintWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true);
            BufferedReader orders =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = orders.readLine(); line != null && !line.equals("begin"); line = orders.readLine()) {
                obey(line);
            }
            Thread ear = new Thread(() -> listen(orders), "kill matrix");
            ear.setDaemon(true);
            ear.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onEvent(TransactionEvent event) {
        if (armed.isEmpty()) {
            return;
        }
        String[] step = {
            event.kind().name(),
            event.moment().name(),
            event.participant(),
            event.branch(),
            event.globalId(),
            Long.toString(Thread.currentThread().getId())
        };
        armed.stream()
                .filter(trap -> matches(trap.split(" ", -1), step))
                .findFirst()
                .filter(armed::remove)
                .ifPresent(trap -> hold(String.join(" ", step)));
    }

    private static boolean matches(String[] trap, String[] step) {
        for (int i = 0; i < trap.length; i++) {
            if (!trap[i].equals("*") && !trap[i].equals(step[i])) {
                return false;
            }
        }
        return true;
    }

    private void hold(String step) {
        int id = number.incrementAndGet();
        CountDownLatch go = new CountDownLatch(1);
        held.put(id, go);
        say("held " + id + " " + step);
        try {
            go.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(BufferedReader orders) {
        try {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                obey(line);
                say("obeyed " + line);
            }
        } catch (IOException e) {
            System.getLogger(RemoteControlledListener.class.getName())
                    .log(System.Logger.Level.INFO, "The harness is gone", e);
        }
        armed.clear();
        held.values().forEach(CountDownLatch::countDown);
    }

    private void obey(String line) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "arm" -> armed.add(words[1]);
            case "disarm" -> {
                armed.clear();
                held.values().forEach(CountDownLatch::countDown);
            }
            case "go" -> held.remove(Integer.parseInt(words[1])).countDown();
            default -> throw new IllegalArgumentException("Not an order: " + Arrays.toString(words));
        }
    }

    private synchronized void say(String line) {
        harness.println(line);
    }
}
