package dev.lockstep.web.door.boundary;

import dev.lockstep.web.door.control.HostNames;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Hangs the {@link Door} into the server's listeners, as long as the application lives. An application that wants a door names this class in its
 * {@code web.xml}: a library must not stand in front of somebody else's.
 */
public class DoorStart implements ServletContextListener {

    private static final Logger LOG = System.getLogger(DoorStart.class.getName());

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "bodies");
        thread.setDaemon(true);
        return thread;
    });

    private Listeners listeners;

    /** The constructor the container uses. */
    public DoorStart() {
        timer.setRemoveOnCancelPolicy(true); // else each waits for its deadline
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext ours = event.getServletContext();
        listeners = new Listeners(new Door(HostNames.of(System.getenv()), path -> isOf(ours, path), timer));
        try {
            listeners.hang();
        } catch (ReflectiveOperationException e) {
            LOG.log(
                    Level.WARNING,
                    "This server lets nobody in front of its servlets: bodies that do not come hold its threads",
                    e);
        }
    }

    /** What no application has is ours to answer, too. */
    private static boolean isOf(ServletContext ours, String path) {
        ServletContext owner = ours.getContext(path);
        return owner == null || owner.getContextPath().equals(ours.getContextPath());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            listeners.unhang();
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.DEBUG, "It was not there", e);
        } finally {
            timer.shutdown(); // bodies that are awaited still end at their deadlines
        }
    }
}
