package dev.lockstep.tests.inside;

import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.Transactions;
import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** Somebody's application: moves money between two banks, each with a database, in one transaction. It knows nothing of the console. */
@WebServlet("/transfer")
public class TransferServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String BOOK = "UPDATE account SET balance = balance + ?";

    @Resource
    transient UserTransaction transaction;

    @Resource(lookup = "jdbc/north")
    transient DataSource north;

    @Resource(lookup = "jdbc/south")
    transient DataSource south;

    /** Moves an amount; if the transfer has an id, it says that its transaction is about it. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int amount = Integer.parseInt(request.getParameter("amount"));
        String id = request.getParameter("id");
        try {
            transaction.begin();
            if (id != null) {
                Transactions.about(
                        new Subject(id, request.getParameter("title"), Map.of("amount", Integer.toString(amount))));
            }
            book(north, -amount);
            book(south, amount);
            transaction.commit();
            response.getWriter().print("committed");
        } catch (Exception e) {
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, e.toString());
        }
    }

    private static void book(DataSource bank, int amount) throws SQLException {
        try (Connection connection = bank.getConnection();
                PreparedStatement update = connection.prepareStatement(BOOK)) {
            update.setInt(1, amount);
            update.executeUpdate();
        }
    }
}
