package dev.lockstep.flow;

import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which methods cannot do what they declare, where they are deployed. Each fault has class, method and reason. */
final class FlowFaults {

    private FlowFaults() {}

    /**
     * Looks at the methods of a resource that answer requests.
     *
     * @param type any class; an interface or an abstract class has no faults, those that it hands down are their heirs'
     * @return the faults, mostly none
     */
    static List<String> ofResource(Class<?> type) {
        return type.isInterface() || Modifier.isAbstract(type.getModifiers())
                ? List.of()
                : faults(
                        type,
                        flowing(type).filter(method -> DeclaredFlow.isResourceMethod(type, method)),
                        method -> mandatoryWithoutPeers(type, method));
    }

    /**
     * Looks at the methods of a typed client, wherever it will call.
     *
     * @param contract its interface
     * @return the faults, mostly none
     */
    static List<String> ofClient(Class<?> contract) {
        return faults(contract, flowing(contract), method -> Optional.empty());
    }

    /**
     * Looks at the methods of a typed client, and at where they call.
     *
     * @param contract its interface
     * @param address its base address, empty if there is none; asked for only if a method's transaction can flow
     * @return the faults, mostly none
     */
    static List<String> ofDeployedClient(Class<?> contract, Function<Class<?>, Optional<String>> address) {
        return faults(
                contract,
                flowing(contract),
                method -> FlowHere.isOn()
                        ? wrongAddress(address.apply(contract))
                        : mandatoryWithoutPeers(contract, method));
    }

    private static Stream<Method> flowing(Class<?> type) {
        return Arrays.stream(methods(type))
                .filter(method -> !method.isBridge() && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> DeclaredFlow.of(type, method) != TransactionFlowOption.NOT_ALLOWED);
    }

    /** A class whose own dependencies are not all here cannot be looked at, nor can it serve. */
    private static Method[] methods(Class<?> type) {
        try {
            return type.getMethods();
        } catch (LinkageError e) {
            System.getLogger(FlowFaults.class.getName())
                    .log(Level.DEBUG, type + " is not looked at: something that it needs is not here", e);
            return new Method[0];
        }
    }

    private static List<String> faults(
            Class<?> type, Stream<Method> methods, Function<Method, Optional<String>> otherReason) {
        return methods.flatMap(method -> DeclaredFlow.obstacle(type, method)
                        .or(() -> otherReason.apply(method))
                        .map(reason -> type.getName() + "." + method.getName() + " is declared @TransactionFlow("
                                + DeclaredFlow.of(type, method) + "), but " + reason)
                        .stream())
                .sorted()
                .toList();
    }

    private static Optional<String> mandatoryWithoutPeers(Class<?> type, Method method) {
        return FlowHere.isOn() || DeclaredFlow.of(type, method) != TransactionFlowOption.MANDATORY
                ? Optional.empty()
                : Optional.of(FlowHere.OFF);
    }

    private static Optional<String> wrongAddress(Optional<String> address) {
        if (address.isEmpty()) {
            return Optional.of("its client has no base address (‹configKey›/mp-rest/uri, or baseUri)");
        }
        try {
            return FlowHere.isPeer(URI.create(address.get()))
                    ? Optional.empty()
                    : Optional.of(
                            "its client's base address " + address.get()
                                    + " is no peer's: the peers file (LOCKSTEP_FLOW_PEERS_FILE) has no application address above it");
        } catch (IllegalArgumentException e) {
            return Optional.of("its client's base address is none: " + e.getMessage());
        }
    }

    /**
     * Tells all faults in one text.
     *
     * @param faults one or more
     * @return what an operator reads
     */
    static String text(Collection<String> faults) {
        return "The application cannot be deployed, since transactions cannot flow as is declared:\n  "
                + String.join("\n  ", faults);
    }
}
