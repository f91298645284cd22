package dev.lockstep.tests.flow.plain;

import dev.lockstep.flow.TransactionScope;
import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Plays one case, and answers with what was thrown, and with the lines that are written then. */
@WebServlet("/scope")
public class ScopeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    transient LedgerService service;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Ledger ledger = new Ledger();
        ledger.clear();
        String outcome = "returned";
        try {
            play(request.getParameter("case"), ledger);
        } catch (RuntimeException e) {
            outcome = e.getClass().getSimpleName();
            log(request.getParameter("case"), e);
        }
        response.setContentType("text/plain");
        response.getWriter().print(outcome + ": " + ledger.lines());
    }

    private void play(String name, Ledger ledger) {
        switch (name) {
            case "complete" -> {
                try (TransactionScope scope = TransactionScope.required()) {
                    ledger.write("a");
                    ledger.write("b");
                    scope.complete();
                }
            }
            case "incomplete" -> {
                try (TransactionScope scope = TransactionScope.required()) {
                    requireOpen(scope);
                    ledger.write("a");
                }
            }
            case "requires-new" -> {
                try (TransactionScope outer = TransactionScope.required()) {
                    requireOpen(outer);
                    ledger.write("outer");
                    try (TransactionScope own = TransactionScope.requiresNew(Duration.ofSeconds(10))) {
                        ledger.write("own");
                        own.complete();
                    }
                    ledger.write("outer-2");
                }
            }
            case "suppress" -> {
                try (TransactionScope outer = TransactionScope.required()) {
                    ledger.write("outer");
                    try (TransactionScope none = TransactionScope.suppress()) {
                        requireOpen(none);
                        requireStatus(Status.STATUS_NO_TRANSACTION);
                        ledger.write("suppressed");
                    }
                    requireOpen(outer);
                    requireStatus(Status.STATUS_ACTIVE);
                }
            }
            case "inner-incomplete" -> {
                try (TransactionScope outer = TransactionScope.required()) {
                    ledger.write("outer");
                    TransactionScope.required().close();
                    outer.complete();
                }
            }
            case "inner-too-late" -> {
                try (TransactionScope outer = TransactionScope.required(Duration.ofMinutes(1))) {
                    ledger.write("outer");
                    try (TransactionScope inner = TransactionScope.required(Duration.ofMillis(200))) {
                        awaitDoomed();
                        inner.complete();
                    }
                    outer.complete();
                }
            }
            case "vote-of-no" -> {
                try (TransactionScope scope = TransactionScope.required()) {
                    new Stubborn(false).join();
                    new Stubborn(true).join();
                    scope.complete();
                }
            }
            case "lost-answer" -> {
                try (TransactionScope scope = TransactionScope.required()) {
                    new Stubborn(false).join();
                    new Stubborn(false).join();
                    scope.complete();
                }
            }
            case "ejb" -> {
                try (TransactionScope outer = TransactionScope.required()) {
                    requireOpen(outer);
                    service.writeTwice("joined", "own");
                    ledger.write("outer");
                }
            }
            case "ejb-beside" -> {
                try (TransactionScope outer = TransactionScope.required()) {
                    ledger.write("outer");
                    service.writeBeside("beside");
                    outer.complete();
                }
            }
            case "ejb-begins" -> service.begin();
            case "left-open" -> TransactionScope.required();
            case "left-behind" -> TransactionScope.requiresNew().complete();
            default -> throw new IllegalArgumentException(name);
        }
    }

    private static void requireOpen(TransactionScope scope) {
        if (scope == null) {
            throw new AssertionError();
        }
    }

    private static void requireStatus(int status) {
        if (registry().getTransactionStatus() != status) {
            throw new IllegalStateException("status " + registry().getTransactionStatus());
        }
    }

    /** While the scope is open: it is not looked at by its end alone. */
    private static void awaitDoomed() {
        long began = System.nanoTime();
        while (registry().getTransactionStatus() != Status.STATUS_MARKED_ROLLBACK) {
            if (System.nanoTime() - began > Duration.ofSeconds(9).toNanos()) {
                throw new IllegalStateException("not doomed in time");
            }
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("BanJNDI") // a name of the specification, and nobody's input
    private static TransactionSynchronizationRegistry registry() {
        try {
            return InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
        } catch (NamingException e) {
            throw new IllegalStateException(e);
        }
    }
}
