package dev.lockstep.tests.flow.inside;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Beside the application's own, where there is one. */
@ApplicationPath("/calling")
public class CallingApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(CallingResource.class);
    }
}
