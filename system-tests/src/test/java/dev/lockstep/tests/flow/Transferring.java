package dev.lockstep.tests.flow;

import dev.lockstep.testing.PlainSql;
import dev.lockstep.tests.killmatrix.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/** Transfers money to and fro, and through the clearing house; sometimes more than there is. */
final class Transferring extends ExampleWork {

    /** With which each account begins. */
    private static final long OPENING = 1_000;

    private static final int MOST = 700;
    private static final List<String> WAYS = List.of("A_TO_B", "B_TO_A", "A_CLEARING_B");

    private final ExampleServers servers;

    Transferring(ExampleServers servers) {
        super(servers.pages().address() + "/bank/api/transfers");
        this.servers = servers;
    }

    /** As much to and fro, however it goes. */
    @Override
    String wish(UUID id, Random random) {
        String way = random.nextBoolean() ? "B_TO_A" : random.nextBoolean() ? "A_TO_B" : "A_CLEARING_B";
        return wish(id, way, 1 + random.nextInt(MOST));
    }

    static String wish(UUID id, String way, long amount) {
        return "{\"id\":\"" + id + "\",\"way\":\"" + way + "\",\"amount\":" + amount + "}";
    }

    @Override
    String key(UUID id) {
        return id.toString();
    }

    @Override
    boolean goesEachWay() {
        return WAYS.stream().allMatch(way -> {
            UUID id = UUID.randomUUID();
            return ask(id, wish(id, way, 1)) == Answer.YES;
        });
    }

    @Override
    Map<String, String> inTheFirst() {
        return rows(servers.one(), "amount FROM booking");
    }

    @Override
    Map<String, String> inTheSecond() {
        return rows(servers.two(), "-amount FROM booking");
    }

    /** The transfers of a table, and what each moves. */
    private static Map<String, String> rows(PlainSql database, String what) {
        return database.column("SELECT transfer || ' ' || " + what).stream()
                .map(line -> line.split(" ", -1))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    /** Money is neither made nor lost, no balance is below zero, and all of it is in the books. */
    @Override
    List<String> otherViolations() {
        List<String> violations = new ArrayList<>();
        long sum = balance(servers.one()) + balance(servers.two());
        if (sum != 2 * OPENING) {
            violations.add("there are " + sum + " in all, and there were " + 2 * OPENING);
        }
        for (PlainSql bank : List.of(servers.one(), servers.two())) {
            long booked = Long.parseLong(bank.value("SELECT coalesce(sum(amount), 0) FROM booking"));
            if (balance(bank) != OPENING + booked || balance(bank) < 0) {
                violations.add("an account has " + balance(bank) + ", and " + booked + " were booked");
            }
        }
        Map<String, String> atB = rows(servers.two(), "amount FROM booking");
        rows(servers.clearing(), "amount FROM settlement").forEach((transfer, amount) -> {
            if (!amount.equals(atB.get(transfer))) {
                violations.add("settled " + amount + ", and bank B has booked " + atB.get(transfer) + ": " + transfer);
            }
        });
        return violations;
    }

    private static long balance(PlainSql bank) {
        return Long.parseLong(bank.value("SELECT balance FROM account WHERE account = 1"));
    }

    @Override
    public String toString() {
        return "bank";
    }
}
