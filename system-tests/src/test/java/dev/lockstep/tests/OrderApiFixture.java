package dev.lockstep.tests;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shop's API, and an id for an order of the test. */
@ExtendWith(AtTheShop.class)
abstract class OrderApiFixture {

    Databases databases;
    OrderApi api;
    UUID orderId;

    @BeforeEach
    void freshOrder(OrderApi shopsApi, Databases shopsDatabases) {
        api = shopsApi;
        databases = shopsDatabases;
        orderId = UUID.randomUUID();
    }
}
