package dev.lockstep.tests.killmatrix;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The harness's end of the line to the listener in Payara's process. What is armed while Payara is down is armed at its next start,
 * before the first step of the protocol.
 */
final class RemoteControl implements Closeable {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final ServerSocket door;
    private final Set<String> armed = new LinkedHashSet<>();
    private final BlockingQueue<Held> held = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> obeyed = new LinkedBlockingQueue<>();
    private PrintWriter listener;

    /** A step that is held. */
    record Held(RemoteControl control, String number, String step) {

        /** Lets it go on; if its process is dead, nothing happens. */
        void go() {
            control.order("go " + number);
        }

        String globalId() {
            return word(4);
        }

        /** The thread that takes the step, in Payara's process. */
        String thread() {
            return word(5);
        }

        private String word(int place) {
            return step.split(" ", -1)[place];
        }
    }

    RemoteControl() {
        try {
            door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::accept, "remote control");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on the first step like this is held: {@code KIND MOMENT participant branch globalId}, and {@code thread} if it matters. */
    void arm(String step) {
        PrintWriter now;
        synchronized (this) {
            armed.add(step);
            now = listener;
            obeyed.clear();
            if (now != null) {
                now.println("arm " + step);
            }
        }
        if (now != null) {
            awaitObeyed("arm " + step, now);
        }
    }

    /** Holds nothing any more. */
    void disarm() {
        synchronized (this) {
            armed.clear();
            held.clear();
        }
        order("disarm");
    }

    /** Waits for a step that is held. */
    Optional<Held> await(Duration limit) {
        try {
            return Optional.ofNullable(held.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private synchronized void order(String line) {
        if (listener != null) {
            listener.println(line);
        }
    }

    /** Unless the process dies meanwhile: its successor is told when it begins. */
    private void awaitObeyed(String line, PrintWriter asked) {
        Patience.require(
                ANSWER_LIMIT, "Payara's listener obeys: " + line, () -> line.equals(obeyed.poll()) || isGone(asked));
    }

    private synchronized boolean isGone(PrintWriter asked) {
        return listener != asked;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                PrintWriter answers = begin(socket);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                Thread thread = new Thread(() -> hear(lines, answers), "remote control's ear");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    private synchronized PrintWriter begin(Socket socket) throws IOException {
        PrintWriter answers =
                new PrintWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true);
        armed.forEach(step -> answers.println("arm " + step));
        answers.println("begin");
        listener = answers;
        return answers;
    }

    private void hear(BufferedReader lines, PrintWriter answers) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "held" -> held(words[1]);
                    case "obeyed" -> heardObeyed(words[1]);
                    default -> throw new IllegalStateException("Not a word of the listener: " + line);
                }
            }
        } catch (IOException e) {
            // The process is dead, as the next line supposes.
        }
        end(answers);
    }

    private synchronized void end(PrintWriter answers) {
        if (listener == answers) {
            listener = null;
        }
        answers.close();
    }

    private void heardObeyed(String order) {
        if (order.startsWith("arm ")) {
            obeyed.add(order);
        }
    }

    private synchronized void held(String numberAndStep) {
        String[] words = numberAndStep.split(" ", 2);
        armed.removeIf(trap -> matches(trap.split(" ", -1), words[1].split(" ", -1)));
        held.add(new Held(this, words[0], words[1]));
    }

    private static boolean matches(String[] trap, String[] step) {
        for (int i = 0; i < trap.length; i++) {
            if (!trap[i].equals("*") && !trap[i].equals(step[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
