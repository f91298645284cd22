package dev.lockstep.tests.killmatrix;

import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.TestFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole Lockstep: two databases, the networks to them, and Payara Micro; each may die alone. */
final class Installation implements AutoCloseable {

    /** The least that the setting allows: what a dead coordinator leaves is forgotten after it. */
    static final int RETENTION_SECONDS = 40;

    /** So many tickets may wait: more than are served together, and soon given. */
    static final int TICKETS_MAX = 2_500;

    private final Path folder;
    private final Participation participation;
    private final DatabaseServer product;
    private final DatabaseServer orders;
    private final ApplicationServer payara;
    private Books productBooks;
    private Books orderBooks;

    private Installation(Participation participation, String name) {
        this.participation = participation;
        try {
            this.folder = Files.createTempDirectory(TestFolders.target(), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PreparedFolder.putInto(folder);
        product = DatabaseServer.start("product", folder);
        orders = DatabaseServer.start("orders", folder);
        productBooks = new Books(product.settings());
        orderBooks = new Books(orders.settings());
        payara = applicationServer("kill-matrix");
    }

    /** Starts everything; returns when orders are taken. Later starts of this build find an archive of Payara's classes, once it is made. */
    static Installation start(Participation participation, String name) {
        Installation installation = new Installation(participation, name);
        installation.payara.bringBack();
        installation.payara.awaitBack();
        installation.payara.hasten();
        return installation;
    }

    /** Heals and brings back what is away; returns when orders are taken. What runs is left alone. */
    Installation revived() {
        for (DatabaseServer database : List.of(product, orders)) {
            database.network().heal();
            database.revive();
        }
        payara.revive();
        return this;
    }

    /** Another Payara Micro on the same two databases, not yet running. */
    ApplicationServer applicationServer(String serverName) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LOCKSTEP_SERVER_NAME", serverName);
        environment.put("LOCKSTEP_DECISION_RETENTION", Integer.toString(RETENTION_SECONDS));
        environment.put("LOCKSTEP_TICKET_QUEUE_MAX", Integer.toString(TICKETS_MAX));
        product.putInto(environment);
        orders.putInto(environment);
        try {
            Path own = Files.createTempDirectory(folder, serverName + "-");
            return new ApplicationServer(participation.distribution(own), environment, own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Participation participation() {
        return participation;
    }

    DatabaseServer product() {
        return product;
    }

    DatabaseServer orders() {
        return orders;
    }

    DatabaseServer database(String name) {
        return name.equals("product") ? product : orders;
    }

    ApplicationServer payara() {
        return payara;
    }

    Books productBooks() {
        return productBooks;
    }

    Books orderBooks() {
        return orderBooks;
    }

    /** A database fails over to its standby; its books are read there from now on. */
    void failOver(DatabaseServer database) throws SQLException {
        database.failOver();
        if (database == product) {
            productBooks.close();
            productBooks = new Books(product.settings());
        } else {
            orderBooks.close();
            orderBooks = new Books(orders.settings());
        }
    }

    /** Whether no transaction is prepared in either database; not if one does not answer. */
    boolean isNothingPrepared() {
        return List.of(productBooks, orderBooks).stream()
                .allMatch(books -> books.prepared().filter(List::isEmpty).isPresent());
    }

    @Override
    public void close() throws IOException, SQLException {
        payara.close();
        productBooks.close();
        orderBooks.close();
        product.close();
        orders.close();
    }
}
