package dev.lockstep.launcher.settings;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a server, all within their limits.
 *
 * @param httpAddress where to listen
 * @param httpPort the port
 * @param hostNames by which browsers may ask, separated by commas, or empty
 * @param serverName the coordinator's name
 * @param transactionTimeoutSeconds seconds
 * @param decisionRetentionSeconds seconds
 * @param orderLanes so many commits of orders are under way at once; 0 if each order has its own
 * @param orderQueueMax so many orders may wait for a commit that they share
 * @param ticketQueueMax so many tickets may wait
 * @param ticketAttempts so often a ticket may fail for a reason of its own
 * @param ticketFirstPauseMillis a ticket's pause after it failed alone for the first time
 * @param ticketLongestPauseMillis no pause of a ticket is longer
 * @param dataDir the folder of all data
 * @param maxHeapMegabytes so much memory Payara's objects may take
 * @param logFormat how Payara writes its log, {@code text} or {@code json}
 * @param traces where traces are sent to, or empty if there are none
 * @param hasDemoProducts whether to fill the product table
 * @param showsNames whether strangers see the names of all orders
 * @param isDemo whether an operator may kill parts of the server
 * @param product the product database
 * @param orders the orders database
 */
public record Settings(
        String httpAddress,
        int httpPort,
        String hostNames,
        String serverName,
        int transactionTimeoutSeconds,
        int decisionRetentionSeconds,
        int orderLanes,
        int orderQueueMax,
        int ticketQueueMax,
        int ticketAttempts,
        int ticketFirstPauseMillis,
        int ticketLongestPauseMillis,
        Path dataDir,
        int maxHeapMegabytes,
        String logFormat,
        Optional<String> traces,
        boolean hasDemoProducts,
        boolean showsNames,
        boolean isDemo,
        DatabaseSettings product,
        DatabaseSettings orders) {

    /** What tells the application that it is a demonstration, and where its databases' processes are written down. */
    private static final String DEMO_FOLDER = Setting.PREFIX + "DEMO_FOLDER";

    /**
     * Reads the settings.
     *
     * @param environment the process's environment
     * @return the settings
     * @throws StartException naming each variable at fault, its value and the limit
     */
    public static Settings from(Map<String, String> environment) {
        List<String> errors = new ArrayList<>();
        Map<Setting, String> values = new HashMap<>();
        for (Setting setting : Setting.values()) {
            String value = environment.getOrDefault(setting.variable(), "");
            values.put(setting, value.isEmpty() ? setting.defaultValue() : value);
            if (!setting.allows(values.get(setting))) {
                errors.add(setting.variable() + "=" + value + " must be " + setting.limit());
            }
        }
        rejectContradictions(environment, errors);
        throwIfAny(errors);

        DatabaseSettings product = database("product", values, errors);
        DatabaseSettings orders = database("orders", values, errors);
        String demoProducts = values.get(Setting.DEMO_PRODUCTS);
        String traces = values.get(Setting.TRACES);
        String showNames = values.get(Setting.SHOW_NAMES);
        boolean isDemo = Boolean.parseBoolean(values.get(Setting.DEMO));
        Settings settings = new Settings(
                values.get(Setting.HTTP_ADDRESS),
                Integer.parseInt(values.get(Setting.HTTP_PORT)),
                values.get(Setting.HOST_NAMES),
                values.get(Setting.SERVER_NAME),
                Integer.parseInt(values.get(Setting.TRANSACTION_TIMEOUT)),
                Integer.parseInt(values.get(Setting.DECISION_RETENTION)),
                Integer.parseInt(values.get(Setting.ORDER_LANES)),
                Integer.parseInt(values.get(Setting.ORDER_QUEUE_MAX)),
                Integer.parseInt(values.get(Setting.TICKET_QUEUE_MAX)),
                Integer.parseInt(values.get(Setting.TICKET_ATTEMPTS)),
                Integer.parseInt(values.get(Setting.TICKET_FIRST_PAUSE)),
                Integer.parseInt(values.get(Setting.TICKET_LONGEST_PAUSE)),
                Path.of(values.get(Setting.DATA_DIR)).toAbsolutePath().normalize(),
                Integer.parseInt(values.get(Setting.MAX_HEAP)),
                values.get(Setting.LOG_FORMAT),
                traces.isEmpty() ? Optional.empty() : Optional.of(traces),
                demoProducts.isEmpty() ? product.isEmbedded() : Boolean.parseBoolean(demoProducts),
                showNames.isEmpty() ? isDemo : Boolean.parseBoolean(showNames),
                isDemo,
                product,
                orders);
        settings.rejectPausesInDisorder(errors);
        settings.rejectSharedPlaces(errors);
        settings.rejectDemoForOthers(errors);
        throwIfAny(errors);
        return settings;
    }

    /**
     * Finds variables that look like settings and are none: a slip of the pen, or another program's.
     *
     * @param environment the process's environment
     * @return a sentence for each, sorted by its name, with the setting that is spelt nearly so
     */
    public static List<String> unknownIn(Map<String, String> environment) {
        List<String> known =
                Arrays.stream(Setting.values()).map(Setting::variable).toList();
        return environment.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(Spelling::new)
                .filter(spelling -> spelling.variable().startsWith(Setting.PREFIX)
                        || spelling.nearest().isPresent())
                .map(spelling -> spelling.variable() + " is not a setting and is ignored"
                        + spelling.nearest()
                                .map(meant -> "; did you mean " + meant.variable() + "?")
                                .orElse(""))
                .toList();
    }

    /** {@return where the server is reached from this machine} */
    public URI url() {
        boolean isEverywhere = httpAddress.equals("0.0.0.0") || httpAddress.equals("::");
        String host = isEverywhere ? DatabaseSettings.LOOPBACK : httpAddress;
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + httpPort + "/");
    }

    /**
     * The environment by which the boot commands, and MicroProfile Telemetry if there are traces, configure Payara.
     *
     * @param databases those that the server uses, with their passwords
     * @return the variables to set
     */
    public Map<String, String> serverEnvironment(DatabaseSettings... databases) {
        Map<String, String> environment = new HashMap<>();
        environment.put(Setting.HTTP_ADDRESS.variable(), httpAddress);
        environment.put(Setting.HOST_NAMES.variable(), hostNames);
        environment.put(Setting.SERVER_NAME.variable(), serverName);
        environment.put(Setting.TRANSACTION_TIMEOUT.variable(), Integer.toString(transactionTimeoutSeconds));
        environment.put(Setting.DECISION_RETENTION.variable(), Integer.toString(decisionRetentionSeconds));
        environment.put(Setting.ORDER_LANES.variable(), Integer.toString(orderLanes));
        environment.put(Setting.ORDER_QUEUE_MAX.variable(), Integer.toString(orderQueueMax));
        environment.put(Setting.TICKET_QUEUE_MAX.variable(), Integer.toString(ticketQueueMax));
        environment.put(Setting.TICKET_ATTEMPTS.variable(), Integer.toString(ticketAttempts));
        environment.put(Setting.TICKET_FIRST_PAUSE.variable(), Integer.toString(ticketFirstPauseMillis));
        environment.put(Setting.TICKET_LONGEST_PAUSE.variable(), Integer.toString(ticketLongestPauseMillis));
        environment.put(Setting.MAX_HEAP.variable(), Integer.toString(maxHeapMegabytes));
        environment.put(Setting.LOG_FORMAT.variable(), logFormat);
        environment.put(Setting.SHOW_NAMES.variable(), Boolean.toString(showsNames));
        // Always, lest one be inherited.
        environment.put(DEMO_FOLDER, isDemo ? dataDir.toString() : "");
        Stream.of(databases).forEach(database -> database.putInto(environment));
        traces.ifPresent(endpoint -> environment.putAll(telemetry(endpoint)));
        return environment;
    }

    /** What is broken on purpose must be the breaker's own. */
    private void rejectDemoForOthers(List<String> errors) {
        String reason = Setting.DEMO.variable() + "=true lets an operator kill parts of the server from a page, so ";
        if (isDemo && !httpAddress.matches("127(\\.[0-9]{1,3}){3}|localhost|::1")) {
            errors.add(reason + Setting.HTTP_ADDRESS.variable() + "=" + httpAddress + " must be a loopback address");
        }
        for (DatabaseSettings database : List.of(product, orders)) {
            if (isDemo && !database.isEmbedded()) {
                errors.add(
                        reason + "the " + database.name() + " database must be embedded, not at " + database.address());
            }
        }
    }

    private Map<String, String> telemetry(String endpoint) {
        return Map.of(
                "OTEL_SDK_DISABLED", "false",
                "OTEL_SERVICE_NAME", "lockstep",
                "OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=" + serverName,
                "OTEL_TRACES_EXPORTER", "otlp",
                "OTEL_METRICS_EXPORTER", "none",
                "OTEL_LOGS_EXPORTER", "none",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    }

    private void rejectPausesInDisorder(List<String> errors) {
        if (ticketLongestPauseMillis < ticketFirstPauseMillis) {
            errors.add(Setting.TICKET_LONGEST_PAUSE.variable() + "=" + ticketLongestPauseMillis + " must be at least "
                    + Setting.TICKET_FIRST_PAUSE.variable() + "=" + ticketFirstPauseMillis);
        }
    }

    private void rejectSharedPlaces(List<String> errors) {
        if (product.address().equals(orders.address())) {
            errors.add("LOCKSTEP_PRODUCT_DB_* and LOCKSTEP_ORDERS_DB_* both lead to " + product.address()
                    + "; give them different databases");
        }
        Map<Integer, Setting> taken = new HashMap<>(Map.of(httpPort, Setting.HTTP_PORT));
        for (Setting setting : List.of(Setting.PRODUCT_DB_PORT, Setting.ORDERS_DB_PORT)) {
            DatabaseSettings database = setting == Setting.PRODUCT_DB_PORT ? product : orders;
            Setting other = database.isEmbedded() ? taken.put(database.port(), setting) : null;
            if (other != null) {
                errors.add(setting.variable() + "=" + database.port() + " is also " + other.variable()
                        + "; every server needs a port of its own");
            }
        }
    }

    private static void rejectContradictions(Map<String, String> environment, List<String> errors) {
        List<String> hosts = Stream.of(Setting.PRODUCT_DB_HOST, Setting.ORDERS_DB_HOST)
                .map(Setting::variable)
                .filter(host -> isSet(environment, host))
                .toList();
        if (!hosts.isEmpty() && !isSet(environment, Setting.SERVER_NAME.variable())) {
            errors.add(String.join(" and ", hosts) + (hosts.size() == 1 ? " is" : " are") + " set, so "
                    + Setting.SERVER_NAME.variable()
                    + " must be: a name that no other server on these databases has");
        }
        for (Setting url : List.of(Setting.PRODUCT_URL, Setting.ORDER_URL)) {
            if (isSet(environment, url.variable())) {
                errors.add(url.variable() + "=" + environment.get(url.variable())
                        + " must not be set: this shop has its services in it; client-remote.war asks others");
            }
        }
        for (String name : List.of("PRODUCT", "ORDERS")) {
            String prefix = Setting.PREFIX + name + "_DB_";
            boolean isOwn = isSet(environment, prefix + "HOST");
            boolean hasPassword = isSet(environment, prefix + "PASSWORD");
            boolean hasPasswordFile = isSet(environment, prefix + "PASSWORD_FILE");
            if (isOwn && hasPassword == hasPasswordFile) {
                errors.add(prefix + "HOST is set, so exactly one of " + prefix + "PASSWORD and " + prefix
                        + "PASSWORD_FILE must be");
            }
            for (String own : List.of("NAME", "USER", "PASSWORD", "PASSWORD_FILE")) {
                if (!isOwn && isSet(environment, prefix + own)) {
                    errors.add(
                            prefix + own + " is set but " + prefix + "HOST is not; the embedded server needs neither");
                }
            }
        }
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private static DatabaseSettings database(String name, Map<Setting, String> values, List<String> errors) {
        String prefix = name.toUpperCase(Locale.ROOT) + "_DB_";
        String host = values.get(Setting.valueOf(prefix + "HOST"));
        return new DatabaseSettings(
                name,
                host.isEmpty() ? Optional.empty() : Optional.of(host),
                Integer.parseInt(values.get(Setting.valueOf(prefix + "PORT"))),
                values.get(Setting.valueOf(prefix + "NAME")),
                values.get(Setting.valueOf(prefix + "USER")),
                password(
                        values,
                        Setting.valueOf(prefix + "PASSWORD"),
                        Setting.valueOf(prefix + "PASSWORD_FILE"),
                        errors));
    }

    private static Optional<String> password(
            Map<Setting, String> values, Setting inline, Setting inFile, List<String> errors) {
        String file = values.get(inFile);
        String password = values.get(inline);
        if (!file.isEmpty()) {
            String must = inFile.variable() + "=" + file + " must be a file that holds a password: ";
            try {
                password = Files.readString(Path.of(file)).strip();
                if (password.isEmpty()) {
                    errors.add(must + "it is empty");
                }
            } catch (IOException e) {
                errors.add(must + Reason.of(e));
            }
        }
        return Optional.of(password).filter(text -> !text.isEmpty());
    }

    private static void throwIfAny(List<String> errors) {
        if (!errors.isEmpty()) {
            throw new StartException(String.join(System.lineSeparator(), errors));
        }
    }
}
