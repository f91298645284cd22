package dev.lockstep.web.door.boundary;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.function.UnaryOperator;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.hk2.api.ActiveDescriptor;
import org.glassfish.hk2.api.ServiceLocator;
import org.glassfish.hk2.utilities.AbstractActiveDescriptor;
import org.glassfish.hk2.utilities.BuilderHelper;
import org.glassfish.hk2.utilities.ServiceLocatorUtilities;

/**
 * The server's HTTP listeners, those that there are and those to come. Payara has no public way to put a filter into one. It asks its services for
 * an add-on named "websocket" whenever it makes one (so there is none for WebSocket, which nothing here speaks), and the launcher opens the
 * shop's listener only when the application is deployed. The others are found in Payara's {@code GrizzlyService}, by reflection, since it is
 * in no artefact that an application can be compiled with.
 *
 * <p>When the application goes, filters that do nothing take the places of ours, and the next application takes these: so open connections
 * have the new door at once, and nothing holds the old one's classes.
 */
final class Listeners {

    /** The full server's own console and commands: not ours. */
    private static final String ADMINISTRATION = "admin-listener";

    private static final String ADD_ON = "websocket";
    private static final int BEFORE_PAYARAS = 1;
    private static final String SERVICES = "org.glassfish.internal.api.Globals";
    private static final String SERVICE = "com.sun.enterprise.v3.services.impl.GrizzlyService";

    private final Door door;
    private final Doorstep doorstep = new Doorstep();
    private ServiceLocator services;
    private ActiveDescriptor<?> addOn;

    Listeners(Door door) {
        this.door = door;
    }

    /**
     * Puts the door in.
     *
     * @throws ReflectiveOperationException if this server is not made as expected
     */
    void hang() throws ReflectiveOperationException {
        services = (ServiceLocator)
                Class.forName(SERVICES).getMethod("getDefaultHabitat").invoke(null);
        AbstractActiveDescriptor<DoorAddOn> descriptor =
                BuilderHelper.createConstantDescriptor(new DoorAddOn(this::insert), ADD_ON, AddOn.class);
        descriptor.setRanking(BEFORE_PAYARAS);
        addOn = ServiceLocatorUtilities.addOneDescriptor(services, descriptor);
        change(this::withDoor);
    }

    /**
     * Takes it out.
     *
     * @throws ReflectiveOperationException if this server is not made as expected
     */
    void unhang() throws ReflectiveOperationException {
        if (addOn != null) {
            ServiceLocatorUtilities.removeOneDescriptor(services, addOn);
            change(this::withoutDoor);
        }
    }

    private void insert(FilterChainBuilder chain) {
        int codec = chain.indexOfType(HttpServerFilter.class);
        if (codec >= 0) {
            ((HttpServerFilter) chain.get(codec)).getMonitoringConfig().addProbes(doorstep.probe());
            chain.add(codec + 1, door);
            chain.add(codec, doorstep);
        }
    }

    private FilterChain withDoor(FilterChain chain) {
        int codec = codec(chain);
        if (codec < 0 || chain.contains(door)) {
            return chain;
        }
        if (codec > 0 && isFree(chain, codec - 1) && isFree(chain, codec + 1)) {
            ((HttpServerFilter) chain.get(codec)).getMonitoringConfig().addProbes(doorstep.probe());
            chain.set(codec - 1, doorstep);
            chain.set(codec + 1, door);
            return chain;
        }
        FilterChainBuilder longer = FilterChainBuilder.stateless().addAll(chain);
        insert(longer);
        return longer.build();
    }

    private FilterChain withoutDoor(FilterChain chain) {
        int codec = codec(chain);
        if (codec > 0 && chain.get(codec - 1) == doorstep) {
            ((HttpServerFilter) chain.get(codec)).getMonitoringConfig().removeProbes(doorstep.probe());
            chain.set(codec - 1, new BaseFilter());
            chain.set(codec + 1, new BaseFilter());
        }
        return chain;
    }

    private static int codec(FilterChain chain) {
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i) instanceof HttpServerFilter) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isFree(FilterChain chain, int index) {
        return chain.get(index).getClass() == BaseFilter.class;
    }

    private void change(UnaryOperator<FilterChain> change) throws ReflectiveOperationException {
        Class<?> type = Class.forName(SERVICE);
        Field proxies = type.getDeclaredField("proxies");
        proxies.setAccessible(true);
        for (Object proxy : (Collection<?>) proxies.get(services.getService(type))) {
            Object listener = call(proxy, "getUnderlyingListener");
            if (!ADMINISTRATION.equals(call(listener, "getName"))) {
                Transport transport = (Transport) call(listener, "getTransport");
                transport.setProcessor(change.apply((FilterChain) transport.getProcessor()));
            }
        }
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        return target.getClass().getMethod(method).invoke(target);
    }
}
