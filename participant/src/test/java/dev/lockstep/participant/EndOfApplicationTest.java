package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a copy of the participant learns that its application has ended. */
class EndOfApplicationTest {

    /** What web containers do when they undeploy: Tomcat's {@code JdbcLeakPrevention}, which is Payara's, too. */
    @Test
    void isHeard_whenTheContainerDeregistersWhatTheApplicationLeft() throws Exception {
        List<Driver> before = DriverManager.drivers().toList();
        AtomicInteger ends = new AtomicInteger();
        EndOfApplication.await(ends::incrementAndGet);
        List<Driver> left = DriverManager.drivers()
                .filter(driver -> !before.contains(driver))
                .toList();
        assertThat(left).hasSize(1).allMatch(driver -> driver.getClass() == EndOfApplication.class);
        assertThat(ends).hasValue(0);

        DriverManager.deregisterDriver(left.get(0));

        assertThat(ends).hasValue(1);
        assertThat(DriverManager.drivers()).doesNotContainAnyElementsOf(left);
    }

    /** It must not stand in the way of real drivers. */
    @Test
    void isNoDriverForAnyAddress() throws Exception {
        EndOfApplication.await(() -> {});
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DriverManager.getConnection("jdbc:nobody"))
                .withMessageContaining("No suitable driver");
    }
}
