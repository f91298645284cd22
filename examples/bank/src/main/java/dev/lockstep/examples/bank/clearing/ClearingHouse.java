package dev.lockstep.examples.bank.clearing;

import dev.lockstep.examples.bank.Bank;
import dev.lockstep.examples.bank.Bank.Booking;
import dev.lockstep.examples.bank.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.LocalBean;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import javax.sql.DataSource;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Is called by bank A, writes the settlement, and calls bank B: a chain of servers in one transaction. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRED)
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
public class ClearingHouse implements Bank.Clearing {

    private static final String SETTLE =
            "INSERT INTO settlement (transfer, account, amount) VALUES (?, ?, ?) ON CONFLICT (transfer) DO NOTHING RETURNING 1";

    private final Bank.B bank;

    @Resource(lookup = "jdbc/clearing")
    DataSource settlements;

    public ClearingHouse() {
        this(null);
    }

    @Inject
    public ClearingHouse(@RestClient Bank.B bank) {
        this.bank = bank;
    }

    @Override
    public void settle(Booking booking) {
        new Sql(settlements).first(SETTLE, booking.transfer(), booking.account(), booking.amount());
        bank.book(booking);
    }
}
