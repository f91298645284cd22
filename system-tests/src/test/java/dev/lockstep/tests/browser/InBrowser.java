package dev.lockstep.tests.browser;

import dev.lockstep.tests.AtTheShop;
import dev.lockstep.tests.RunningShop;
import dev.lockstep.tests.Site;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the {@link RunningShop} and {@link Visitors} of its own, and asserts in the end that nothing went wrong in
 * their browsers. The browser is started for the first test that needs it and serves all classes of this JVM. Where there is none, the
 * tests are skipped, or fail if there must be one.
 */
final class InBrowser implements ExecutionCondition, ParameterResolver, AfterTestExecutionCallback, AfterAllCallback {

    private static final System.Logger LOGGER = System.getLogger(InBrowser.class.getName());
    private static final Namespace NAMESPACE = Namespace.create(InBrowser.class);

    private final Function<ExtensionContext, Supplier<? extends Site>> starting;
    private final AfterAllCallback tidyingUp;

    /** For all classes that are content with the usual shop. */
    InBrowser() {
        this(new AtTheShop());
    }

    private InBrowser(AtTheShop shop) {
        this(context -> shop.shop(context)::awaitReady, shop);
    }

    private InBrowser(Function<ExtensionContext, Supplier<? extends Site>> starting, AfterAllCallback tidyingUp) {
        this.starting = starting;
        this.tidyingUp = tidyingUp;
    }

    /** For a class that needs a shop in demo mode, which it may break. */
    static InBrowser withADemonstration() {
        return new InBrowser(AtTheShop.inDemoMode());
    }

    /** For a class whose site is no shop. */
    static InBrowser at(Supplier<? extends Site> site) {
        return new InBrowser(context -> site, context -> {});
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.isInstalled()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        Chromium.assertItMayBeMissing();
        LOGGER.log(System.Logger.Level.WARNING, Chromium.howToGetIt());
        return ConditionEvaluationResult.disabled(Chromium.howToGetIt());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningShop.class || type == Visitors.class || type == Chromium.class;
    }

    /** Site and browser start at the same time. Who wants the browser alone gets it without a site. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> wanted = parameter.getParameter().getType();
        if (wanted == Chromium.class) {
            return chromium(context);
        }
        Supplier<? extends Site> site = starting.apply(context);
        Chromium chromium = chromium(context);
        Site running = site.get();
        return wanted == RunningShop.class
                ? running
                : store(context)
                        .getOrComputeIfAbsent(Visitors.class, type -> new Visitors(chromium, running), Visitors.class);
    }

    private static Chromium chromium(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(Chromium.class, type -> Chromium.start(), Chromium.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Visitors visitors = store(context).get(Visitors.class, Visitors.class);
        if (visitors == null) {
            return;
        }
        if (context.getExecutionException().isPresent()) {
            visitors.keepScreenshots("failed-" + context.getRequiredTestMethod().getName());
        } else {
            visitors.assertNoOtherFaults();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        tidyingUp.afterAll(context);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
