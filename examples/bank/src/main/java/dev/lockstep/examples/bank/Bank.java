package dev.lockstep.examples.bank;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What each bank can do: the contract of banks, clearing house and client. */
public interface Bank {

    /** Changes a balance in the caller's transaction. Each transfer does so once: the same once more changes nothing. */
    @POST
    @Path("/bookings")
    @TransactionFlow(TransactionFlowOption.MANDATORY)
    void book(Booking booking);

    /** Books here, and has the clearing house book the contrary at the other bank: all in the caller's transaction. */
    @POST
    @Path("/payments")
    @TransactionFlow(TransactionFlowOption.MANDATORY)
    void pay(Booking booking);

    /** {@return the committed balance of an account, which is never less than 0} */
    @GET
    @Path("/accounts/{account}")
    @Produces("text/plain")
    long balance(@PathParam("account") int account);

    /** {@return whether a transfer is committed here} */
    @GET
    @Path("/transfers/{transfer}")
    @Produces("text/plain")
    Booked booked(@PathParam("transfer") UUID transfer);

    /** One account's part in a transfer, whose id is made by whoever wants it; an amount of less than 0 leaves the account. */
    record Booking(UUID transfer, int account, long amount) {}

    /** What a bank knows of a transfer; {@code UNDECIDED} if a transaction holds it of which nobody knows the outcome yet. */
    enum Booked {
        YES,
        NO,
        UNDECIDED
    }

    /** Bank A as its callers have it: it is on the server {@code a}. */
    @RegisterRestClient(configKey = "a")
    interface A extends Bank {}

    /** Bank B, on the server {@code b}. */
    @RegisterRestClient(configKey = "b")
    interface B extends Bank {}

    /** What the clearing house between the banks can do. */
    interface Clearing {
        /** Writes what bank A owes bank B, and has B book it: in the caller's transaction. */
        @POST
        @Path("/settlements")
        @TransactionFlow(TransactionFlowOption.MANDATORY)
        void settle(Booking booking);
    }

    /** The clearing house, on the server {@code clearing}. */
    @RegisterRestClient(configKey = "clearing")
    interface House extends Clearing {}
}
