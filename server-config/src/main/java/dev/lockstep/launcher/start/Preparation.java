package dev.lockstep.launcher.start;

import dev.lockstep.launcher.console.StartException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** What is made before anything is started. */
public final class Preparation {

    private Preparation() {}

    /**
     * Prepares at the same time, since each part takes one processor; none is left at work when another fails.
     *
     * @param parts what to do
     * @throws StartException if one fails
     */
    public static void atTheSameTime(Stream<Runnable> parts) {
        try {
            CompletableFuture.allOf(parts.map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartException refusal ? refusal : e;
        }
    }
}
