package dev.lockstep.tests.flow;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.flow.inside.BuyServlet;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What the machines serve: the delivered services, and callers of the tests' own; each tells its open flows, too. */
final class Archives {

    private Archives() {}

    /** The application of a machine, written into its folder. */
    static Path of(Role role, Path folder) {
        WebArchive archive =
                switch (role) {
                    case PRODUCT -> delivered("product.war");
                    case ORDER -> delivered("order.war");
                    case CLIENT, ROUTER ->
                        ShrinkWrap.create(WebArchive.class).addAsLibrary(jarOf(TransactionFlow.class));
                };
        Path file = folder.resolve("application.war");
        archive.addPackage(BuyServlet.class.getPackage()).as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private static WebArchive delivered(String name) {
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, TestFolders.distribution().resolve(name).toFile());
    }

    static File jarOf(Class<?> any) {
        try {
            return new File(
                    any.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
