package dev.lockstep.flow.registry;

import jakarta.persistence.EntityManager;
import jakarta.transaction.Transaction;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;

/**
 * Writes what JPA has deferred, before a call is answered. Else it would be written within the vote, perhaps behind a row that another
 * prepared branch of another server has locked: a deadlock that nobody sees (FLOW-DESIGN, section 15, row 18).
 *
 * <p>No API tells a transaction's entity managers. Payara keeps them in a field of its transaction. Where there is none, JPA writes at the
 * vote, as everywhere.
 */
final class Flush {

    private static final String FIELD = "txEntityManagerMap";

    /** False if something cannot be written, so that the work cannot be committed. */
    boolean flushed(Flow flow) {
        try {
            for (EntityManager manager : managers(flow.transaction())) {
                if (manager.isJoinedToTransaction()) {
                    manager.flush();
                }
            }
            return true;
        } catch (ReflectiveOperationException e) {
            flow.story().log(Level.DEBUG, "this server does not tell its entity managers: " + e);
            return true;
        } catch (RuntimeException e) { // of the provider, a listener of an entity, a driver
            flow.story().log(Level.INFO, "what JPA had deferred cannot be written: " + e);
            return false;
        }
    }

    private static List<EntityManager> managers(Transaction transaction) throws ReflectiveOperationException {
        Field field = transaction.getClass().getDeclaredField(FIELD);
        field.setAccessible(true);
        Object managers = field.get(transaction);
        if (!(managers instanceof Map<?, ?> byFactory)) {
            return List.of();
        }
        List<EntityManager> all = new java.util.ArrayList<>();
        for (Object wrapper : byFactory.values()) {
            all.add(manager(wrapper));
        }
        return all;
    }

    private static EntityManager manager(Object wrapper)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return (EntityManager) wrapper.getClass().getMethod("getEM").invoke(wrapper);
    }
}
