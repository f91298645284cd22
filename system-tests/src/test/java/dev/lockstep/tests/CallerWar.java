package dev.lockstep.tests;

import dev.lockstep.flow.TransactionScope;
import dev.lockstep.tests.inside.Buy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The archive of an application without a database: its own classes, and the one jar that it takes along. */
final class CallerWar {

    private CallerWar() {}

    /**
     * Writes it.
     *
     * @param folder where to
     * @param product where the product service is, up to {@code /api}
     * @param order where the order service is, up to {@code /api}
     * @return {@code buy.war} there
     */
    static Path in(Path folder, String product, String order) {
        Path war = folder.resolve("buy.war");
        ShrinkWrap.create(WebArchive.class, "buy.war")
                .addClasses(Buy.class, Buy.Stock.class, Buy.Orders.class, Buy.Order.class)
                .addAsLibrary(transactionFlow().toFile(), "transaction-flow.jar")
                .addAsWebInfResource(
                        new StringAsset("<beans version=\"4.0\" bean-discovery-mode=\"annotated\"/>"), "beans.xml")
                .addAsResource(
                        new StringAsset("product/mp-rest/uri=" + product + "\norder/mp-rest/uri=" + order + "\n"),
                        "META-INF/microprofile-config.properties")
                .as(ZipExporter.class)
                .exportTo(war.toFile(), true);
        return war;
    }

    private static Path transactionFlow() {
        try {
            return Path.of(TransactionScope.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
