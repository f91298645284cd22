package dev.lockstep.doctor.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import javax.sql.DataSource;

/** Both databases, by the datasources the services use. */
@ApplicationScoped
public class Participants {

    @Resource(lookup = "jdbc/product")
    DataSource product;

    @Resource(lookup = "jdbc/orders")
    DataSource orders;

    /** {@return the product service's database} */
    public ParticipantDatabase product() {
        return new ParticipantDatabase(
                "product", "product", "UPDATE product SET product_nums = product_nums WHERE false", product);
    }

    /** {@return the order service's database} */
    public ParticipantDatabase orders() {
        return new ParticipantDatabase(
                "orders",
                "customer_order",
                "INSERT INTO customer_order SELECT * FROM customer_order WHERE false",
                orders);
    }
}
