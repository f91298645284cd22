package dev.lockstep.examples.bank.client;

import dev.lockstep.examples.bank.Bank;
import dev.lockstep.examples.bank.Bank.Booked;
import dev.lockstep.examples.bank.Bank.Booking;
import dev.lockstep.examples.bank.RefusedException;
import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionInDoubtException;
import dev.lockstep.flow.TransactionScope;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Transfers between account 1 at bank A and account 1 at bank B. */
@Dependent
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class Transfers {

    private static final int ACCOUNT = 1;

    private final Bank.A a;
    private final Bank.B b;

    @Inject
    public Transfers(@RestClient Bank.A a, @RestClient Bank.B b) {
        this.a = a;
        this.b = b;
    }

    /** The way of the money; by the clearing house it takes a server more. */
    public enum Way {
        A_TO_B,
        B_TO_A,
        A_CLEARING_B
    }

    /** What the page asks for; whoever asks makes the id, and the same once more is done once. */
    public record Transfer(UUID id, Way way, long amount) {}

    /** Both balances; null of a bank that does not answer. */
    public record Balances(Long a, Long b) {}

    /** Answers 201: it is done; 409: it is not, nor will be; 202: not known yet, so look. */
    @POST
    @Path("/transfers")
    public Response transfer(Transfer wish) {
        if (wish.id() == null || wish.way() == null || wish.amount() < 1 || wish.amount() > 1_000_000) {
            throw new RefusedException("wrong-data", "A transfer has an id, a way, and an amount from 1 to 1000000");
        }
        try (TransactionScope scope = TransactionScope.required(Duration.ofSeconds(20))) {
            long comesToA = wish.way() == Way.B_TO_A ? wish.amount() : -wish.amount();
            if (wish.way() == Way.A_CLEARING_B) {
                a.pay(new Booking(wish.id(), ACCOUNT, comesToA));
            } else { // bank A first, whatever the direction: so no two transfers wait for each other
                a.book(new Booking(wish.id(), ACCOUNT, comesToA));
                b.book(new Booking(wish.id(), ACCOUNT, -comesToA));
            }
            scope.complete();
        } catch (WebApplicationException e) { // a bank's own words are told once it is sure that nothing has moved
            Response found = look(wish.id());
            boolean isRefused = e.getResponse().getStatus() == 409 && found.getStatus() == 409;
            String words = e.getResponse().readEntity(String.class);
            return isRefused ? Response.fromResponse(found).entity(words).build() : found;
        } catch (TransactionAbortedException | TransactionInDoubtException | ProcessingException e) {
            return look(wish.id());
        }
        return done();
    }

    /** Looks for a transfer, and answers as it would be answered. A bank that knows is enough, since both have booked or neither. */
    @GET
    @Path("/transfers/{id}")
    public Response look(@PathParam("id") UUID id) {
        for (Bank bank : List.of(a, b)) {
            try {
                Booked booked = bank.booked(id);
                if (booked != Booked.UNDECIDED) {
                    return booked == Booked.YES ? done() : new RefusedException("not-booked", "Nowhere").getResponse();
                }
            } catch (ProcessingException | WebApplicationException e) {
                // the other one may tell
            }
        }
        return Response.accepted("{\"outcome\":\"IN_DOUBT\"}").build();
    }

    /** {@return what is committed now, in two databases that are asked one after the other} */
    @GET
    @Path("/balances")
    public Balances balances() {
        return new Balances(balanceAt(a), balanceAt(b));
    }

    private static Long balanceAt(Bank bank) {
        try {
            return bank.balance(ACCOUNT);
        } catch (ProcessingException | WebApplicationException e) {
            return null;
        }
    }

    private static Response done() {
        return Response.status(Response.Status.CREATED).entity("{}").build();
    }
}
