package dev.lockstep.tests;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What the in-container tests deploy: the built WAR, never a hand-made one. */
final class Deployments {

    private Deployments() {}

    /** The WAR, with what the test class itself uses in the container; the databases that it is deployed for run then. */
    static WebArchive clientWar(Class<?>... usedByTest) {
        TestDatabases.writeBootCommands();
        return ShrinkWrap.createFromZipFile(
                        WebArchive.class,
                        TestFolders.distribution().resolve("client.war").toFile())
                .addClasses(usedByTest)
                .addAsLibraries(jarOf(Assertions.class));
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " is in no jar", e);
        }
    }
}
