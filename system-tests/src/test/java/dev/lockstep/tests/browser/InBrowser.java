package dev.lockstep.tests.browser;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the {@link RunningShop} and {@link Visitors} of its own, and asserts in the end that nothing went wrong in
 * their browsers. Shop and browser are started for the first test that needs them and serve all classes, but for those that want
 * other settings. Where there is no browser, the tests are skipped.
 */
final class InBrowser implements ExecutionCondition, BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {

    private static final System.Logger LOGGER = System.getLogger(InBrowser.class.getName());
    private static final Namespace NAMESPACE = Namespace.create(InBrowser.class);

    /** Both start at the same time. */
    private record Stage(RunningShop shop, Chromium chromium) implements AutoCloseable {

        static Stage set(Map<String, String> settings) {
            RunningShop shop = RunningShop.start(settings);
            try {
                Chromium chromium = Chromium.start();
                return new Stage(shop.awaitReady(), chromium);
            } catch (RuntimeException | AssertionError e) {
                shop.close();
                throw e;
            }
        }

        @Override
        public void close() {
            chromium.close();
            shop.close();
        }
    }

    private final Map<String, String> settings;

    /** For all classes that are content with one shop. */
    InBrowser() {
        this(Map.of());
    }

    private InBrowser(Map<String, String> settings) {
        this.settings = settings;
    }

    /** For a class that needs a shop of its own, in demo mode, which it may break. */
    static InBrowser withADemonstration() {
        return new InBrowser(Map.of("LOCKSTEP_DEMO", "true"));
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.isInstalled()) {
            return ConditionEvaluationResult.enabled("there is a browser");
        }
        LOGGER.log(System.Logger.Level.WARNING, Chromium.howToGetIt());
        return ConditionEvaluationResult.disabled(Chromium.howToGetIt());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!settings.isEmpty()) {
            store(context).put(Stage.class, Stage.set(settings));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == RunningShop.class || type == Visitors.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Stage stage = stage(context);
        return parameter.getParameter().getType() == RunningShop.class
                ? stage.shop()
                : store(context)
                        .getOrComputeIfAbsent(
                                Visitors.class, type -> new Visitors(stage.chromium(), stage.shop()), Visitors.class);
    }

    /** The class's own, or everybody's. */
    private static Stage stage(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(Stage.class, Stage.class))
                .orElseGet(() -> store(context.getRoot())
                        .getOrComputeIfAbsent(Stage.class, type -> Stage.set(Map.of()), Stage.class));
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

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
