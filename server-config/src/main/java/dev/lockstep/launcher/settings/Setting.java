package dev.lockstep.launcher.settings;

import java.util.Locale;

/** Every setting of a server: an environment variable, its default, its limits and what it is for. */
public enum Setting {
    HTTP_ADDRESS("127.0.0.1", Limit.HOST, "address to listen on; 0.0.0.0 for all"),
    HTTP_PORT("8080", Limit.PORT, "port of the page and the JSON API"),
    HOST_NAMES(
            "",
            Limit.HOST_NAMES,
            "names by which browsers may ask; unset: those of loopback, or all if HTTP_ADDRESS is no loopback address"),
    SERVER_NAME(
            "lockstep", Limit.NAME, "the coordinator's name, unique among servers that share a database, and stable"),
    TRANSACTION_TIMEOUT("30", Limit.TIMEOUT, "after this an unfinished transaction is rolled back"),
    DECISION_RETENTION("600", Limit.RETENTION, "so long a decision is kept for its coordinator, if that stops"),
    ORDER_LANES(
            "2",
            Limit.LANES,
            "so many commits of orders are under way at once, or up to 16 while some stand still; 0: each order has its own"),
    ORDER_QUEUE_MAX("1000", Limit.ORDERS, "so many orders may wait for a commit that they share; then 503"),
    TICKET_QUEUE_MAX("100000", Limit.TICKETS, "so many tickets may wait; then no more are given for a while"),
    TICKET_ATTEMPTS("5", Limit.ATTEMPTS, "so often a ticket may fail for a reason of its own; then it is FAILED"),
    TICKET_FIRST_PAUSE("500", Limit.PAUSE, "a ticket's pause after it failed alone; each later one is twice as long"),
    TICKET_LONGEST_PAUSE("60000", Limit.PAUSE, "no pause of a ticket is longer; not less than TICKET_FIRST_PAUSE"),
    DATA_DIR("lockstep-data", Limit.TEXT, "folder of the embedded databases and the logs"),
    MAX_HEAP("1024", Limit.MEGABYTES, "so much memory Payara's objects may take"),
    LOG_FORMAT("text", Limit.LOG_FORMAT, "how Payara writes its log"),
    TRACES("", Limit.URL, "where traces are sent to, by OTLP over HTTP; unset: there are none"),
    DEMO_PRODUCTS("", Limit.BOOLEAN, "fill the product table with a dozen products; unset: only an embedded one"),
    SHOW_NAMES("", Limit.BOOLEAN, "show strangers the names of all orders; unset: only in a demo"),
    DEMO("false", Limit.BOOLEAN, "let an operator kill parts of it from a page; embedded databases and loopback only"),
    CONSOLE_DATABASES(
            "", Limit.TEXT, "for console.war: JNDI names of the datasources it shows; the first has its operators"),
    CONSOLE_MIGRATE("", Limit.TEXT, "for console.war: those of them in which it makes its own tables"),
    MACHINES_PORTS("plan", Limit.PORTS, "of the servers that machines starts: those of the plan's file, or free ones"),
    PRODUCT_URL("", Limit.URL, "where the product service is, for a shop without databases; goes with ORDER_URL"),
    ORDER_URL("", Limit.URL, "where the order service is, for a shop without databases; goes with PRODUCT_URL"),
    OPERATOR_HASH("", Limit.SECRET, "how the operator's password is verified, for a shop without databases"),
    FLOW_MAX_BODY("1048576", Limit.BODY, "so long the body of a request may be that bears a transaction"),
    FLOW_PEERS_FILE("", Limit.TEXT, "the servers that transactions flow to and from; unset: none flows"),
    FLOW_NODE("", Limit.NODE, "which line of the peers file is this server's; unset: that of SERVER_NAME"),
    FLOW_KEYSTORE("", Limit.TEXT, "the certificate and key of the flow's listener, a PKCS #12 file"),
    FLOW_KEYSTORE_PASSWORD_FILE("", Limit.TEXT, "a file that holds its password"),
    FLOW_CERTIFICATES("", Limit.TEXT, "the peers' certificates, or their issuers', in PEM; unset: those Java trusts"),
    PRODUCT_DB_HOST("", Limit.HOST, "your own server for the product database; unset: an embedded one is started"),
    PRODUCT_DB_PORT("5441", Limit.PORT, "its port"),
    PRODUCT_DB_NAME("product", Limit.TEXT, "its database"),
    PRODUCT_DB_USER("product", Limit.TEXT, "its role: the application's, or to migrate the tables' owner"),
    PRODUCT_DB_PASSWORD("", Limit.SECRET, "its password"),
    PRODUCT_DB_PASSWORD_FILE("", Limit.TEXT, "a file that holds its password, instead of the variable"),
    ORDERS_DB_HOST("", Limit.HOST, "your own server for the orders database; unset: an embedded one is started"),
    ORDERS_DB_PORT("5442", Limit.PORT, "its port"),
    ORDERS_DB_NAME("orders", Limit.TEXT, "its database"),
    ORDERS_DB_USER("orders", Limit.TEXT, "its role: the application's, or to migrate the tables' owner"),
    ORDERS_DB_PASSWORD("", Limit.SECRET, "its password"),
    ORDERS_DB_PASSWORD_FILE("", Limit.TEXT, "a file that holds its password, instead of the variable");

    /** The {@link #LOG_FORMAT} of one JSON object a line. */
    public static final String LOG_FORMAT_JSON = "json";

    /** What all variables begin with. */
    public static final String PREFIX = "LOCKSTEP_";

    private final String defaultValue;
    private final Limit limit;
    private final String purpose;

    Setting(String defaultValue, Limit limit, String purpose) {
        this.defaultValue = defaultValue;
        this.limit = limit;
        this.purpose = purpose;
    }

    /** What a value must be. */
    enum Limit {
        /** Payara would put something else in for {@code ${...}}. */
        TEXT("((?!\\$\\{).)*", "text without ${"),
        SECRET("(?s).*", "text"),
        HOST("[A-Za-z0-9.:-]{0,253}", "an IP address or a host name of at most 253 characters"),
        HOST_NAMES(
                "(([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(,(?!$)|$))*",
                "host names or addresses without ports, separated by commas"),
        NAME("[A-Za-z0-9._-]{1,32}", "1 to 32 letters, digits, dots, dashes or underscores"),
        NODE("[A-Za-z0-9._-]{0,32}", "at most 32 letters, digits, dots, dashes or underscores"),
        BOOLEAN("true|false|", "true or false"),
        LOG_FORMAT("text|json", "text or json"),
        PORTS("plan|free", "plan or free"),
        URL("(https?://[^\\s/]+(/\\S*)?)?", "a URL with http or https"),
        PORT(1, 65_535, "a port"),
        TIMEOUT(5, 600, "seconds"),
        RETENTION(40, 604_800, "seconds"),
        LANES(0, 16, "commits"),
        ORDERS(1, 10_000, "orders"),
        TICKETS(1, 10_000_000, "tickets"),
        ATTEMPTS(2, 100, "attempts"),
        PAUSE(10, 3_600_000, "milliseconds"),
        BODY(1024, 67_108_864, "bytes"),
        MEGABYTES(256, 1_048_576, "megabytes");

        private final String pattern;
        private final int min;
        private final int max;
        private final String words;

        Limit(String pattern, String words) {
            this(pattern, 0, 0, words);
        }

        Limit(int min, int max, String unit) {
            this("[0-9]{1,8}", min, max, unit + ", " + min + " to " + max);
        }

        Limit(String pattern, int min, int max, String words) {
            this.pattern = pattern;
            this.min = min;
            this.max = max;
            this.words = words;
        }

        boolean allows(String value) {
            return value.matches(pattern)
                    && (max == 0 || (Integer.parseInt(value) >= min && Integer.parseInt(value) <= max));
        }
    }

    /** {@return the environment variable} */
    public String variable() {
        return PREFIX + name();
    }

    /** {@return the value of an unset variable, empty if there is none} */
    String defaultValue() {
        return defaultValue;
    }

    /**
     * Tells whether a value is within the limit.
     *
     * @param value the value, not null
     * @return whether it may be used
     */
    boolean allows(String value) {
        return limit.allows(value);
    }

    /** {@return what a value must be, in words} */
    String limit() {
        return limit.words;
    }

    /** {@return a line of help} */
    public String help() {
        String value = defaultValue.isEmpty() ? "" : ", default " + defaultValue;
        return String.format(Locale.ROOT, "%-34s %s (%s%s)", variable(), purpose, limit.words, value);
    }
}
