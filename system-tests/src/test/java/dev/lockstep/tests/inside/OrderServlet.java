package dev.lockstep.tests.inside;

import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * An order of one piece in one distributed transaction, with nothing of Lockstep but the participant. Its data sources are defined as the
 * participant's README says; the first host of each is away.
 */
@DataSourceDefinition(
        name = "java:app/jdbc/product",
        className = "dev.lockstep.participant.ParticipantDataSource",
        url = "jdbc:postgresql://127.0.0.1:1,127.0.0.1:${ENV=LOCKSTEP_PRODUCT_DB_PORT}/${ENV=LOCKSTEP_PRODUCT_DB_NAME}"
                + "?targetServerType=primary",
        user = "${ENV=LOCKSTEP_PRODUCT_DB_USER}",
        password = "${ENV=LOCKSTEP_PRODUCT_DB_PASSWORD}",
        initialPoolSize = 4,
        maxPoolSize = 32,
        properties = {
            "participantName=goods",
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname=org.glassfish.api.jdbc.validation.JDBC40ConnectionValidation"
        })
@DataSourceDefinition(
        name = "java:app/jdbc/orders",
        className = "dev.lockstep.participant.ParticipantDataSource",
        url = "jdbc:postgresql://127.0.0.1:1,127.0.0.1:${ENV=LOCKSTEP_ORDERS_DB_PORT}/${ENV=LOCKSTEP_ORDERS_DB_NAME}"
                + "?targetServerType=primary",
        user = "${ENV=LOCKSTEP_ORDERS_DB_USER}",
        password = "${ENV=LOCKSTEP_ORDERS_DB_PASSWORD}")
@WebServlet("/order")
public class OrderServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource
    transient UserTransaction transaction;

    @Resource(lookup = "java:app/jdbc/product")
    transient DataSource product;

    @Resource(lookup = "java:app/jdbc/orders")
    transient DataSource orders;

    /** Answers with {@code committed}, or with what failed and why. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int productId = Integer.parseInt(request.getParameter("product"));
        try {
            transaction.begin();
            execute(product, "UPDATE product SET product_nums = product_nums - 1 WHERE product_id = " + productId);
            execute(
                    orders,
                    "INSERT INTO customer_order VALUES (gen_random_uuid(), 'in a WAR', now(), " + productId + ", 1)");
            transaction.commit();
            response.getWriter().print("committed");
        } catch (Exception e) {
            response.getWriter().print(e);
            rollBack(response);
        }
    }

    private void rollBack(HttpServletResponse response) throws IOException {
        try {
            transaction.rollback();
        } catch (Exception e) {
            response.getWriter().print(", and cannot be rolled back: " + e);
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
