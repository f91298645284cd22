package dev.lockstep.tests.flow;

import dev.lockstep.tests.killmatrix.Answer;
import dev.lockstep.tests.killmatrix.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** An enrolment and a transfer are held at the same message, a server that both need is killed and comes back, and the books are examined. */
public final class ExampleCell {

    private static final Duration REACH_LIMIT = Duration.ofSeconds(45);
    private static final Duration ABSENCE = Duration.ofMillis(500);
    private static final Duration NEXT_LIMIT = Duration.ofSeconds(30);

    private final ExampleServers servers;
    private final ExampleVictim victim;
    private final Enrolling enrolling;
    private final Transferring transferring;
    private final List<String> violations = new ArrayList<>();

    /** The servers must serve, and nothing be open. */
    public ExampleCell(ExampleServers servers, ExampleVictim victim) {
        this.servers = servers;
        this.victim = victim;
        this.enrolling = new Enrolling(servers);
        this.transferring = new Transferring(servers);
    }

    /** {@return what is not as it must be} */
    public List<String> run() {
        Map<Link.Trap, CompletableFuture<Answer>> held = new LinkedHashMap<>();
        if (!victim.isOfAChain()) {
            UUID student = UUID.randomUUID();
            held.put(victim.trap(servers), begin(enrolling, student, enrolling.rightWish(student)));
        }
        UUID transfer = UUID.randomUUID();
        String way = victim.isOfAChain() ? "A_CLEARING_B" : "A_TO_B";
        held.put(victim.trap(servers), begin(transferring, transfer, Transferring.wish(transfer, way, 1)));
        held.forEach((trap, answer) -> {
            if (!trap.await(REACH_LIMIT)) {
                throw new IllegalStateException(
                        "No message was held for " + victim + "; answered: " + answer.getNow(null));
            }
        });
        servers.get(victim.node()).kill();
        held.keySet().forEach(Link.Trap::go);
        Patience.pass(ABSENCE);
        servers.get(victim.node()).bringBack();
        servers.get(victim.node()).awaitBack();
        if (servers.heal().isEmpty()) {
            violations.add("still in doubt: " + servers.prepared());
        }
        held.values().forEach(CompletableFuture::join);
        if (Patience.until(NEXT_LIMIT, enrolling::goesEachWay).isEmpty()
                || Patience.until(NEXT_LIMIT, transferring::goesEachWay).isEmpty()) {
            violations.add("no next one succeeds");
        }
        Patience.require(NEXT_LIMIT, "nothing is open", servers::isQuiet);
        violations.addAll(enrolling.violations());
        violations.addAll(transferring.violations());
        return violations;
    }

    private static CompletableFuture<Answer> begin(ExampleWork work, UUID id, String wish) {
        return CompletableFuture.supplyAsync(() -> work.ask(id, wish));
    }
}
