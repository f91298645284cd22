package dev.lockstep.shop.remote;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Looks at the settings before the first request: one that is wrong is logged, and fails the deployment. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class RemoteStart {

    private static final Logger LOG = System.getLogger(RemoteStart.class.getName());

    @PostConstruct
    void look() {
        try {
            Services services = Services.from(System.getenv());
            LOG.log(
                    Level.INFO,
                    "The product service is at {0}, the order service at {1}",
                    services.product(),
                    services.order());
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, e.getMessage());
            throw e;
        }
    }
}
