package dev.lockstep.benchmarks.spring;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.tm.XAResourceRecoveryRegistry;
import org.postgresql.xa.PGXADataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The two pools, as large as Lockstep's, whose branches Narayana recovers. */
@Configuration
class Databases {

    private static final int CONNECTIONS_MAX = 32;
    private static final int CONNECTIONS_MIN = 4;
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final Environment environment;
    private final TransactionManager transactions;
    private final TransactionSynchronizationRegistry synchronizations;
    private final XAResourceRecoveryRegistry recovery;

    Databases(
            Environment environment,
            TransactionManager transactions,
            TransactionSynchronizationRegistry synchronizations,
            XAResourceRecoveryRegistry recovery) {
        this.environment = environment;
        this.transactions = transactions;
        this.synchronizations = synchronizations;
        this.recovery = recovery;
    }

    @Bean
    AgroalDataSource productPool() throws SQLException {
        return pool("PRODUCT");
    }

    @Bean
    AgroalDataSource ordersPool() throws SQLException {
        return pool("ORDERS");
    }

    @Bean
    JdbcClient product() throws SQLException {
        return JdbcClient.create(productPool());
    }

    @Bean
    JdbcClient orders() throws SQLException {
        return JdbcClient.create(ordersPool());
    }

    private AgroalDataSource pool(String name) throws SQLException {
        NamePrincipal user = new NamePrincipal(setting(name, "USER"));
        SimplePassword password = new SimplePassword(setting(name, "PASSWORD"));
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS_MAX)
                        .minSize(CONNECTIONS_MIN)
                        .initialSize(CONNECTIONS_MIN)
                        .acquisitionTimeout(WAIT_MAX)
                        .transactionIntegration(new NarayanaTransactionIntegration(
                                transactions, synchronizations, "java:/" + name, false, recovery))
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(PGXADataSource.class)
                                .jdbcUrl("jdbc:postgresql://" + setting(name, "HOST") + ":"
                                        + setting(name, "PORT") + "/" + setting(name, "NAME")
                                        + "?options=-c%20lock_timeout=10s")
                                .principal(user)
                                .credential(password)
                                .recoveryPrincipal(user)
                                .recoveryCredential(password))));
    }

    private String setting(String name, String last) {
        return environment.getRequiredProperty("LOCKSTEP_" + name + "_DB_" + last);
    }
}
