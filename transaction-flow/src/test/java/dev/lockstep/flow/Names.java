package dev.lockstep.flow;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** The names that a server gives to an application. */
public final class Names implements InitialContextFactory {

    static final Map<String, Object> BOUND = new ConcurrentHashMap<>(Map.of("java:app/AppName", "shop"));

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        return new InitialContext(true) {
            @Override
            public Object lookup(String name) throws NamingException {
                Object bound = BOUND.get(name);
                if (bound == null) {
                    throw new NameNotFoundException(name);
                }
                return bound;
            }
        };
    }
}
