package dev.lockstep.flow;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * What a resource method asks of its requests.
 *
 * @param method its name, for messages
 * @param option what it declares
 * @param obstacle why it cannot take part in a flow, whatever it declares; mostly empty
 */
record CalleeRule(String method, TransactionFlowOption option, Optional<String> obstacle) {

    static CalleeRule of(Class<?> resource, Method method) {
        return new CalleeRule(
                resource.getSimpleName() + "." + method.getName(),
                DeclaredFlow.of(resource, method),
                DeclaredFlow.obstacle(resource, method));
    }

    /**
     * Decides without a look at the flow itself.
     *
     * @param bearsFlow whether the request has a flow
     * @param isOn whether transactions can flow to this server
     * @return the refusal, or empty if the method may work
     */
    Optional<FlowProblem> refusal(boolean bearsFlow, boolean isOn) {
        if (!bearsFlow) {
            return Optional.of(FlowProblem.required(method)).filter(any -> option == TransactionFlowOption.MANDATORY);
        }
        if (option == TransactionFlowOption.NOT_ALLOWED) {
            return Optional.of(FlowProblem.notUnderstood(method
                    + " takes part in no transaction of its caller: it is not declared @TransactionFlow(ALLOWED)"));
        }
        if (obstacle.isPresent()) {
            return Optional.of(FlowProblem.notUnderstood(
                    method + " cannot take part in its caller's transaction: " + obstacle.get()));
        }
        return Optional.of(FlowProblem.notUnderstood(
                        method + " works without its caller's transaction, since " + FlowHere.OFF))
                .filter(any -> !isOn);
    }
}
