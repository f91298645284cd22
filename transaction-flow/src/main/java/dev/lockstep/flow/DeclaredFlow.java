package dev.lockstep.flow;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What a class says of a method's flow, by itself or through what it extends and implements. */
final class DeclaredFlow {

    /** What lets a method return before its work is done; by name, since a server may not have them all. */
    private static final Set<String> ONE_WAY = Set.of(
            "jakarta.ejb.Asynchronous",
            "jakarta.enterprise.concurrent.Asynchronous",
            "org.eclipse.microprofile.faulttolerance.Asynchronous",
            "org.glassfish.jersey.server.ManagedAsync");

    private DeclaredFlow() {}

    /**
     * Finds the nearest {@link TransactionFlow}.
     *
     * @param type the class of the resource, or the interface of the typed client
     * @param method its method
     * @return the option; NOT_ALLOWED if there is none
     */
    static TransactionFlowOption of(Class<?> type, Method method) {
        return annotations(type, method)
                .filter(TransactionFlow.class::isInstance)
                .map(TransactionFlow.class::cast)
                .findFirst()
                .map(TransactionFlow::value)
                .orElse(TransactionFlowOption.NOT_ALLOWED);
    }

    /**
     * Tells why a method cannot take part in a flow, whatever it declares.
     *
     * @param type the class of the resource, or the interface of the typed client
     * @param method its method
     * @return the reason, or empty if it can
     */
    static Optional<String> obstacle(Class<?> type, Method method) {
        Class<?> result = method.getReturnType();
        if (CompletionStage.class.isAssignableFrom(result) || Future.class.isAssignableFrom(result)) {
            return Optional.of("it answers later, by " + result.getSimpleName());
        }
        if (StreamingOutput.class.isAssignableFrom(result)) {
            return Optional.of("its answer is written while it is sent, by StreamingOutput");
        }
        return Arrays.stream(method.getParameters())
                .filter(DeclaredFlow::letsAnswerLater)
                .findFirst()
                .map(parameter -> "it answers later, by " + parameter.getType().getSimpleName())
                .or(() -> annotations(type, method)
                        .map(annotation -> annotation.annotationType().getName())
                        .filter(ONE_WAY::contains)
                        .findFirst()
                        .map(name -> "it works on another thread, by @" + name));
    }

    /**
     * Tells whether a method answers requests.
     *
     * @param type the class of the resource
     * @param method its method
     * @return whether it, or one that it overrides, bears {@code @GET}, {@code @POST} or the like
     */
    static boolean isResourceMethod(Class<?> type, Method method) {
        return declarations(lineage(type), method)
                .flatMap(declared -> Arrays.stream(declared.getDeclaredAnnotations()))
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    private static Stream<Method> declarations(Set<Class<?>> lineage, Method method) {
        return lineage.stream()
                .flatMap(in -> Arrays.stream(in.getDeclaredMethods()).filter(declared -> isAncestor(declared, method)));
    }

    /** All of the method's, then all of its class's. */
    private static Stream<Annotation> annotations(Class<?> type, Method method) {
        Set<Class<?>> lineage = lineage(type);
        return Stream.<AnnotatedElement>concat(declarations(lineage, method), lineage.stream())
                .flatMap(element -> Arrays.stream(element.getDeclaredAnnotations()));
    }

    private static boolean letsAnswerLater(Parameter parameter) {
        Class<?> type = parameter.getType(); // its annotation may stand in an interface
        return AsyncResponse.class.isAssignableFrom(type) || SseEventSink.class.isAssignableFrom(type);
    }

    /** The class and its superclasses, then all their interfaces, the nearest first. */
    private static Set<Class<?>> lineage(Class<?> type) {
        Set<Class<?>> lineage = new LinkedHashSet<>();
        Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass).forEach(lineage::add);
        Set<Class<?>> last = lineage;
        while (!last.isEmpty()) {
            Set<Class<?>> next = new LinkedHashSet<>();
            last.forEach(one -> next.addAll(Arrays.asList(one.getInterfaces())));
            next.removeAll(lineage);
            lineage.addAll(next);
            last = next;
        }
        return lineage;
    }

    /** The same method, or one that it overrides; of a generic ancestor the parameters are wider. */
    private static boolean isAncestor(Method declared, Method method) {
        return declared.getName().equals(method.getName())
                && !Modifier.isStatic(declared.getModifiers())
                && declared.getParameterCount() == method.getParameterCount()
                && areWider(declared.getParameterTypes(), method.getParameterTypes());
    }

    private static boolean areWider(Class<?>[] declared, Class<?>[] own) {
        for (int i = 0; i < own.length; i++) {
            if (!declared[i].isAssignableFrom(own[i])) {
                return false;
            }
        }
        return true;
    }
}
