package dev.lockstep.flow;

import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/** Gives each typed client of MicroProfile REST Client what lets it carry transactions. The server finds it by {@code META-INF/services}. */
public final class TypedClients implements RestClientListener {

    /**
     * A client is built.
     *
     * @param contract its interface
     * @param builder its builder
     * @throws IllegalArgumentException if a method declares a flow that it cannot carry
     */
    @Override
    public void onNewClient(Class<?> contract, RestClientBuilder builder) {
        builder.register(new TransactionFlowClient(CallerRule.ofTypedClient(contract)));
    }
}
