package dev.lockstep.tests.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.function.Consumer;

/**
 * A browser of one person: what it stores no other one sees. It costs the most of all that a test in a browser does, a second of the
 * processor, so it serves one person after the other; each finds nothing stored but the files that the server lets be cached.
 */
final class Profile {

    private final BrowserContext context;
    private final String address;
    private final Consumer<Profile> giveBack;

    /** Stays empty; by it one can reach what is stored when all other windows are closed. */
    private final Page window;

    private final CDPSession storage;

    /**
     * One that nobody has used yet.
     *
     * @param address of whose pages it stores something
     * @param giveBack is called when nobody uses it any more
     */
    Profile(BrowserContext context, String address, Consumer<Profile> giveBack) {
        this.context = context;
        this.address = address;
        this.giveBack = giveBack;
        this.window = context.newPage();
        this.storage = context.newCDPSession(window);
    }

    BrowserContext context() {
        return context;
    }

    /** Closes all windows and forgets what was stored; the next person may have it. */
    void empty() {
        context.pages().stream().filter(page -> page != window).forEach(Page::close);
        context.unrouteAll();
        context.clearCookies();
        JsonObject everything = new JsonObject();
        everything.addProperty("origin", address);
        everything.addProperty("storageTypes", "all");
        storage.send("Storage.clearDataForOrigin", everything);
        giveBack.accept(this);
    }
}
