package dev.lockstep.launcher.machines;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.Setting;
import dev.lockstep.launcher.settings.Settings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a plan: those of all its servers, and of each what the plan says.
 *
 * @param plan the plan
 * @param environment the process's, without what the plan says
 */
record PlanSettings(Plan plan, Map<String, String> environment) {

    /** A database of the shop's own keeps its port, so that {@code sql} and {@code operator} find it. */
    private static final Set<Setting> OF_A_DATABASE = EnumSet.of(Setting.PRODUCT_DB_PORT, Setting.ORDERS_DB_PORT);

    private static final Set<Setting> OF_THE_PLAN = EnumSet.of(
            Setting.HTTP_ADDRESS,
            Setting.HTTP_PORT,
            Setting.SERVER_NAME,
            Setting.FLOW_PEERS_FILE,
            Setting.FLOW_NODE,
            Setting.FLOW_KEYSTORE,
            Setting.FLOW_KEYSTORE_PASSWORD_FILE,
            Setting.FLOW_CERTIFICATES,
            Setting.PRODUCT_URL,
            Setting.ORDER_URL,
            Setting.OPERATOR_HASH);

    /**
     * Checks them.
     *
     * @param plan the plan
     * @param environment the process's
     * @return the settings
     * @throws StartException naming each that the plan decides
     */
    static PlanSettings of(Plan plan, Map<String, String> environment) {
        List<String> faults = Arrays.stream(Setting.values())
                .filter(setting -> isOfThePlan(setting)
                        && !environment.getOrDefault(setting.variable(), "").isEmpty())
                .map(setting -> setting.variable() + "=" + environment.get(setting.variable())
                        + " must not be set: the servers of a plan have what " + plan.file()
                        + " says, on 127.0.0.1")
                .toList();
        if (!faults.isEmpty()) {
            throw new StartException(String.join(System.lineSeparator(), faults));
        }
        Map<String, String> all = new HashMap<>(environment);
        if (all.getOrDefault(Setting.DATA_DIR.variable(), "").isEmpty()) {
            all.put(Setting.DATA_DIR.variable(), "lockstep-data-" + plan.name());
        }
        return new PlanSettings(plan, all);
    }

    private static boolean isOfThePlan(Setting setting) {
        return OF_THE_PLAN.contains(setting) || (setting.name().contains("_DB_") && !OF_A_DATABASE.contains(setting));
    }

    /** What all servers have in common. */
    Settings common() {
        return Settings.from(environment);
    }

    /** Those of one server. */
    Settings of(PlannedServer server) {
        Map<String, String> its = new HashMap<>(environment);
        its.put(Setting.SERVER_NAME.variable(), server.name());
        its.put(Setting.HTTP_PORT.variable(), Integer.toString(server.applicationPort()));
        // Not the server's, and its own port may be the same.
        OF_A_DATABASE.forEach(setting -> its.remove(setting.variable()));
        return Settings.from(its);
    }

    /** Whether the plan's ports do not count. */
    boolean isAtFreePorts() {
        return "free".equals(environment.get(Setting.MACHINES_PORTS.variable()));
    }
}
