package dev.lockstep.shop.doctor;

import dev.lockstep.doctor.ConfigDoctor;
import dev.lockstep.doctor.Finding;
import dev.lockstep.doctor.Finding.Severity;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Lets the doctor look before the first request: doubts are logged, errors are logged and fail the deployment (a startup
 * singleton that cannot be made does, EJB 4.0 section 4.8.1; an exception of a servlet listener would not on Payara).
 *
 * <p>Its rehearsal is the process's first distributed transaction, too, before any other thread of the application begins one: Payara makes its
 * coordinator's name then, and of two concurrent first transactions one may get zeros for it.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class StartupExamination {

    private static final Logger LOG = System.getLogger(StartupExamination.class.getName());

    private final ConfigDoctor doctor;

    public StartupExamination() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param doctor examines the configuration
     */
    @Inject
    public StartupExamination(ConfigDoctor doctor) {
        this.doctor = doctor;
    }

    @PostConstruct
    void examine() {
        List<Finding> findings = doctor.examine();
        for (Finding finding : findings) {
            LOG.log(finding.severity() == Severity.ERROR ? Level.ERROR : Level.WARNING, finding.sentence());
        }
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
        if (errors > 0) {
            throw new IllegalStateException(
                    "Lockstep does not start: " + errors + " configuration errors, logged above");
        }
        LOG.log(Level.INFO, "Both databases answer and can prepare");
    }
}
