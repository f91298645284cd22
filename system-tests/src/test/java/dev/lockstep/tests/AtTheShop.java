package dev.lockstep.tests;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link RunningShop}, its {@link OrderApi} and its {@link Databases}. It is started for the first class that needs it, and
 * serves all classes of this JVM that are content with the same settings; each leaves it tidy.
 */
public final class AtTheShop implements ParameterResolver, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(AtTheShop.class);

    /** An attempt less than usual: it takes four seconds, and the setting must reach the application. */
    static final int TICKET_ATTEMPTS = 4;

    /** So few orders that a test can have them all wait. */
    static final int ORDER_QUEUE_MAX = 70;

    /** So few tickets that a test can fill the queue; names as in a demo, so that a test finds its own order in a list. */
    private static final Map<String, String> USUAL = Map.of(
            "LOCKSTEP_TICKET_QUEUE_MAX",
            "1000",
            "LOCKSTEP_ORDER_QUEUE_MAX",
            Integer.toString(ORDER_QUEUE_MAX),
            "LOCKSTEP_TICKET_ATTEMPTS",
            Integer.toString(TICKET_ATTEMPTS),
            "LOCKSTEP_SHOW_NAMES",
            "true");

    private final Map<String, String> settings;

    /** For all classes that are content with the usual settings. */
    public AtTheShop() {
        this(USUAL);
    }

    private AtTheShop(Map<String, String> settings) {
        this.settings = settings;
    }

    /** For classes that break it, by the means of its own pages. */
    public static AtTheShop inDemoMode() {
        return new AtTheShop(Map.of("LOCKSTEP_DEMO", "true"));
    }

    /** The shop; it may still be starting. */
    public RunningShop shop(ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(settings, RunningShop::start, RunningShop.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningShop.class || type == OrderApi.class || type == Databases.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        RunningShop shop = shop(context).awaitReady();
        Class<?> type = parameter.getParameter().getType();
        return type == RunningShop.class ? shop : type == OrderApi.class ? shop.api() : shop.databases();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Optional.ofNullable(store(context).get(settings, RunningShop.class)).ifPresent(RunningShop::tidyUp);
    }

    /** As old as the JVM's session: forks have an engine, and with it a root, for each class. */
    private static Store store(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    }
}
