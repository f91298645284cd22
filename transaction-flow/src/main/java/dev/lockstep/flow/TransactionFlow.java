package dev.lockstep.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * WCF's {@code [TransactionFlow]} for Jakarta REST: whether a method takes part in its caller's transaction, which may be on another server.
 *
 * <pre>{@code
 * @Path("/stock")
 * public interface Stock {
 *     @POST @Path("/{product}/decrease") @TransactionFlow(MANDATORY)
 *     void decrease(@PathParam("product") int product, @QueryParam("n") int n);
 * }
 * }</pre>
 *
 * <p>It stands on a resource method, a resource class, or an interface that the class implements. The same interface may be a typed client. What
 * is nearest counts: first the method, also as a superclass or an interface declares it, then the class, then its superclasses and interfaces.
 *
 * <p>Behind the method, {@code REQUIRED} joins the transaction without a line of its own: an EJB, or {@code @Transactional}. A status of 400 or
 * more, 202, or a redirect lets the caller's transaction only roll back. Methods that answer later ({@code CompletionStage}, {@code @Suspended},
 * {@code SseEventSink}, {@code @Asynchronous}) cannot take part, nor can {@code StreamingOutput}. They are refused when the application is deployed. So
 * is {@link TransactionFlowOption#MANDATORY} on a server without a peers file, and a typed client whose base address is no peer's.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TransactionFlow {

    /** {@return whether the caller's transaction is used} */
    TransactionFlowOption value();
}
