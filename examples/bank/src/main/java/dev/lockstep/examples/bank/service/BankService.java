package dev.lockstep.examples.bank.service;

import dev.lockstep.examples.bank.Bank;
import dev.lockstep.examples.bank.RefusedException;
import dev.lockstep.examples.bank.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBException;
import jakarta.ejb.LocalBean;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** A bank. {@code REQUIRED} joins the caller's transaction; so does whoever the bank calls on the way. */
@Stateless
@LocalBean
@TransactionAttribute(TransactionAttributeType.REQUIRED)
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
public class BankService implements Bank {

    private static final String INSERT =
            "INSERT INTO booking (transfer, account, amount) VALUES (?, ?, ?) ON CONFLICT (transfer) DO NOTHING RETURNING 1";
    private static final String SAME = "SELECT 1 FROM booking WHERE transfer = ? AND account = ? AND amount = ?";
    private static final String CHANGE =
            "UPDATE account SET balance = balance + ? WHERE account = ? AND balance + ? >= 0 RETURNING balance";

    /** Each bank's archive says in its {@code web.xml} which pool that is. */
    @Resource(name = "jdbc/accounts")
    DataSource accounts;

    @Resource
    SessionContext context;

    private final House clearing;

    public BankService() {
        this(null);
    }

    @Inject
    public BankService(@RestClient House clearing) {
        this.clearing = clearing;
    }

    @Override
    public void book(Booking wish) {
        Sql sql = new Sql(accounts);
        Object[] row = {wish.transfer(), wish.account(), wish.amount()};
        boolean isNew = sql.first(INSERT, row).isPresent();
        if (isNew
                && sql.first(CHANGE, wish.amount(), wish.account(), wish.amount())
                        .isEmpty()) {
            throw new RefusedException("not-enough", "Account " + wish.account() + " has less than " + -wish.amount());
        }
        if (!isNew && sql.first(SAME, row).isEmpty()) {
            throw new RefusedException("taken", "Another transfer has the id " + wish.transfer());
        }
    }

    @Override
    public void pay(Booking wish) {
        book(wish);
        clearing.settle(new Booking(wish.transfer(), wish.account(), -wish.amount()));
    }

    @Override
    public long balance(int account) {
        return new Sql(accounts)
                .first("SELECT balance FROM account WHERE account = ?", account)
                .orElseThrow(() -> new RefusedException("no-account", "There is no account " + account));
    }

    /** No plain read sees a row that is not decided, but the primary key does: so one is tried to insert, and rolled back. */
    @Override
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public Booked booked(UUID transfer) {
        Sql sql = new Sql(accounts);
        try {
            sql.first("SELECT 1 FROM set_config('lock_timeout', '200ms', true)");
            return sql.first(INSERT, transfer, 0, 1).isEmpty() ? Booked.YES : Booked.NO;
        } catch (EJBException e) {
            if (e.getCause() instanceof SQLException reason
                    && reason.getSQLState().equals("55P03")) {
                return Booked.UNDECIDED; // lock_not_available
            }
            throw e;
        } finally {
            context.setRollbackOnly();
        }
    }
}
