package dev.lockstep.flow;

import static dev.lockstep.flow.TransactionFlowOption.ALLOWED;
import static dev.lockstep.flow.TransactionFlowOption.MANDATORY;
import static dev.lockstep.flow.TransactionFlowOption.NOT_ALLOWED;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Which option counts, wherever it is declared. */
class DeclaredFlowTest {

    interface ByMethod {
        @TransactionFlow(ALLOWED)
        void work(String what);

        void read();
    }

    @TransactionFlow(MANDATORY)
    interface ByType<T> {
        void work(T what);

        @TransactionFlow(ALLOWED)
        default void inherited(T what) {}
    }

    static class OfMethod implements ByMethod {
        @Override
        public void work(String what) {}

        @Override
        public void read() {}

        @TransactionFlow(MANDATORY)
        public void work(Integer what) {}
    }

    static class OfType implements ByType<String> {
        @Override
        public void work(String what) {}

        @Override
        public void inherited(String what) {}
    }

    @TransactionFlow(NOT_ALLOWED)
    static class Nearer extends OfType {
        @Override
        public void work(String what) {}
    }

    static class Proxy extends OfMethod {}

    interface Asynchronous {
        @TransactionFlow(ALLOWED)
        CompletionStage<String> later();

        @TransactionFlow(MANDATORY)
        void events(SseEventSink sink);

        CompletionStage<String> unflowed();
    }

    @Test
    void nothingDeclared_isNotAllowed() {
        assertThat(option(OfMethod.class, "read")).isEqualTo(NOT_ALLOWED);
    }

    @Test
    void implementedMethodsOption_counts() {
        assertThat(option(OfMethod.class, "work", String.class)).isEqualTo(ALLOWED);
        assertThat(option(Proxy.class, "work", String.class)).isEqualTo(ALLOWED);
    }

    @Test
    void overloadedMethod_hasItsOwn() {
        assertThat(option(OfMethod.class, "work", Integer.class)).isEqualTo(MANDATORY);
    }

    @Test
    void implementedTypesOption_counts() {
        assertThat(option(OfType.class, "work", String.class)).isEqualTo(MANDATORY);
    }

    @Test
    void methodOfAGenericAncestor_goesBeforeTypes() {
        assertThat(option(OfType.class, "inherited", String.class)).isEqualTo(ALLOWED);
    }

    @Test
    void nearestType_counts() {
        assertThat(option(Nearer.class, "work", String.class)).isEqualTo(NOT_ALLOWED);
    }

    private static TransactionFlowOption option(Class<?> type, String name, Class<?>... parameters) {
        Method method = Arrays.stream(type.getMethods())
                .filter(one -> one.getName().equals(name) && Arrays.equals(one.getParameterTypes(), parameters))
                .findFirst()
                .orElseThrow();
        return DeclaredFlow.of(type, method);
    }
}
