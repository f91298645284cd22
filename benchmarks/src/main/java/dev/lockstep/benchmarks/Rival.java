package dev.lockstep.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Who is compared with everybody. */
enum Rival {
    /** What one two-phase commit an order costs at least. */
    FLOOR("bare loop, one two-phase commit an order", "pgjdbc's XA: both branches are prepared, both are committed") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return arena.loop(title(), new BareLoop(arena.product(), arena.orders(), Counter::placeInTwoPhases));
        }
    },

    /** What one has who lets the databases differ after a crash. */
    TWO_COMMITS("bare loop, two local commits", "the same statements, each committed by itself: not atomic") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return arena.loop(title(), new BareLoop(arena.product(), arena.orders(), Counter::placeByTwoCommits));
        }
    },

    /** What a shared commit is worth at most. */
    SHARED_LOOP(
            "bare loop, a shared commit",
            "orders that arrive during a two-phase commit share the next one; four lanes") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return arena.loop(title(), new SharedLoop(arena.product(), arena.orders()));
        }
    },

    /** As users start it. */
    LOCKSTEP("Lockstep", "the shop as delivered, Payara Micro " + version("payara") + ", the participant") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return PayaraServers.lockstep(toString(), title(), arena, Map.of());
        }
    },

    /** The same, each order by a commit of its own. */
    LOCKSTEP_ALONE(
            "Lockstep, no shared commits", "the same, but each order has its own commit (LOCKSTEP_ORDER_LANES=0)") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return PayaraServers.lockstep(toString(), title(), arena, Map.of("LOCKSTEP_ORDER_LANES", "0"));
        }
    },

    /** Payara as its manual recommends it. */
    PAYARA("Payara, its own log", "the small application, Payara Micro " + version("payara") + ", pgjdbc's class") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return PayaraServers.ownLog(this, arena);
        }
    },

    /** As its zip is. */
    LIBERTY("Open Liberty", "the small application, Open Liberty " + version("openliberty") + ", pgjdbc's class") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return Liberty.start(this, arena);
        }
    },

    /** As its zip is; its persistence provider is Hibernate, where the others have EclipseLink. */
    WILDFLY("WildFly", "the small application, WildFly " + version("wildfly") + " with Hibernate, pgjdbc's class") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return WildFly.start(this, arena);
        }
    },

    /** The same statements by plain JDBC, which is less work than JPA. */
    SPRING(
            "Spring Boot with Narayana",
            "Spring Boot " + version("spring-boot")
                    + ", the same statements without JPA, Narayana, Agroal, pgjdbc's class") {
        @Override
        Entrant start(Arena arena) throws Exception {
            return SpringBoot.start(this, arena);
        }
    };

    private final String title;
    private final String what;

    Rival(String title, String what) {
        this.title = title;
        this.what = what;
    }

    /** Finds one by its name. */
    static Rival of(String name) {
        return Arrays.stream(values())
                .filter(rival -> rival.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-Drivals=" + name + " must be some of "
                        + Arrays.stream(values()).map(Rival::toString).collect(Collectors.joining(", "))
                        + ", with commas between them"));
    }

    private static String version(String name) {
        return System.getProperty(name + ".version");
    }

    /** Starts it; returns when it has placed an order, if it is a server. */
    abstract Entrant start(Arena arena) throws Exception;

    String title() {
        return title;
    }

    /** {@return what it is made of} */
    String what() {
        return what;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
