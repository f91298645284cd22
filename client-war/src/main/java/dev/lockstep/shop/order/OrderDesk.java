package dev.lockstep.shop.order;

import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionInDoubtException;
import dev.lockstep.order.boundary.DuplicateOrderException;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.shop.services.Orders;
import dev.lockstep.web.Failures;
import dev.lockstep.web.Problem;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes orders, once each, and tells what became of them; it knows nothing of HTTP. Its methods and their types are public, since the container's
 * proxy calls what is not by reflection. Thread-safe.
 */
@ApplicationScoped
public class OrderDesk {

    private static final Logger LOG = System.getLogger(OrderDesk.class.getName());

    private final Placement placement;
    private final SharedPlacement shared;
    private final Orders orders;

    /** Orders that this instance is placing: one request for each, and no "no" about them meanwhile. */
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    /** For the container's proxy. */
    protected OrderDesk() {
        this(null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param placement places an order
     * @param shared places several at once
     * @param orders the order service
     */
    @Inject
    public OrderDesk(Placement placement, SharedPlacement shared, Orders orders) {
        this.placement = placement;
        this.shared = shared;
        this.orders = orders;
    }

    /**
     * Begins a request to place an order, of which there may be one at a time.
     *
     * @param orderId the order
     * @return whether it has begun; then it must {@link #end}, once it is answered
     */
    public boolean begin(UUID orderId) {
        return underWay.add(orderId);
    }

    /**
     * Ends a request to place an order.
     *
     * @param orderId the order
     */
    public void end(UUID orderId) {
        underWay.remove(orderId);
    }

    /**
     * Tells what became of an order.
     *
     * @param orderId the order
     * @return what is known now
     */
    public Outcome find(UUID orderId) {
        Optional<PlacedOrder> order = orders.order(orderId);
        if (order.isEmpty() && (underWay.contains(orderId) || orders.isUndecided(orderId))) {
            return new Outcome.Unknown();
        }
        // It may have been decided between the two questions, so the first one is asked once more.
        return order.or(() -> orders.order(orderId))
                .<Outcome>map(found -> new Outcome.Written(found, false))
                .orElseGet(() -> new Outcome.Refused(Problems.noSuchOrder(orderId)));
    }

    /**
     * Places an order, unless it is written already. The request must have {@linkplain #begin begun}.
     *
     * @param wanted what is ordered
     * @return what became of it
     */
    public Outcome place(OrderRequest wanted) {
        return orUnknown(wanted, () -> placeOnce(wanted));
    }

    private static Outcome orUnknown(OrderRequest wanted, Supplier<Outcome> outcome) {
        try {
            return outcome.get();
        } catch (TransactionInDoubtException e) {
            LOG.log(Level.ERROR, "The outcome of order " + wanted.order().orderId() + " is not known yet", e);
            return new Outcome.Unknown();
        }
    }

    private Outcome placeOnce(OrderRequest wanted) {
        NewOrder order = wanted.order();
        UUID orderId = order.orderId();
        try {
            Optional<PlacedOrder> earlier = wanted.isRepeatable() ? written(orderId) : Optional.empty();
            return earlier.isPresent()
                    ? again(earlier.get(), order)
                    : new Outcome.Written(placement.place(order), true);
        } catch (OutOfStockException e) {
            return refusal(Problems.outOfStock(e), wanted);
        } catch (UnknownProductException e) {
            return refusal(Problems.unknownProduct(e), wanted);
        } catch (DuplicateOrderException e) {
            LOG.log(Level.WARNING, "Order " + orderId + " is being placed by another request, too", e);
            return refusal(Problems.notPlaced(orderId), wanted);
        } catch (TransactionAbortedException | EJBException e) {
            LOG.log(Level.WARNING, "Order " + orderId + " was not placed by this request", e);
            return refusal(Problems.notPlaced(orderId, e), wanted);
        }
    }

    /**
     * What can be told of an order.
     *
     * @param isOfTransaction whether it shared a transaction that has ended
     * @param isAsked whether a database is asked for the outcome, which may take time
     * @param outcome tells it
     */
    public record Told(boolean isOfTransaction, boolean isAsked, Supplier<Outcome> outcome) {

        /** Is told of an order that has shared no transaction. */
        static Told apart(Outcome outcome) {
            return new Told(false, false, () -> outcome);
        }
    }

    /**
     * Places orders that may share a transaction, in their order, unless they are written already. Their requests must have
     * {@linkplain #begin begun}.
     *
     * @param wanted what is ordered, each by an id of its own
     * @return what can be told of each; whoever is missing must be {@linkplain #place placed} alone, and nothing is written of it
     */
    public Map<OrderRequest, Told> placeTogether(List<OrderRequest> wanted) {
        Map<OrderRequest, Told> told = new HashMap<>(written(wanted));
        List<OrderRequest> open =
                wanted.stream().filter(one -> !told.containsKey(one)).toList();
        told.putAll(share(open));
        return told;
    }

    /** Those of which an earlier request, or somebody else's, has made an order already; and those of which that cannot be told. */
    private Map<OrderRequest, Told> written(List<OrderRequest> wanted) {
        Map<UUID, OrderRequest> repeatable = wanted.stream()
                .filter(OrderRequest::isRepeatable)
                .collect(Collectors.toMap(one -> one.order().orderId(), one -> one));
        if (repeatable.isEmpty()) {
            return Map.of();
        }
        try {
            return shared.written(List.copyOf(repeatable.keySet())).stream()
                    .collect(Collectors.toMap(
                            order -> repeatable.get(order.orderId()),
                            order -> Told.apart(
                                    again(order, repeatable.get(order.orderId()).order()))));
        } catch (EJBException e) {
            LOG.log(Level.ERROR, "The orders database does not tell whether orders are written: " + ids(wanted), e);
            return repeatable.values().stream()
                    .collect(Collectors.toMap(one -> one, one -> Told.apart(new Outcome.Unknown())));
        }
    }

    private Map<OrderRequest, Told> share(List<OrderRequest> wanted) {
        Map<OrderRequest, Told> told = new HashMap<>();
        if (wanted.size() < 2) {
            return told; // he has a turn of his own, and keeps nobody else's answer and product waiting
        }
        try {
            List<SharedPlacement.Share> shares =
                    shared.place(wanted.stream().map(OrderRequest::order).toList());
            boolean isCommitted =
                    shares.stream().anyMatch(share -> share.order().isPresent());
            for (int i = 0; i < shares.size(); i++) {
                OrderRequest one = wanted.get(i);
                SharedPlacement.Share share = shares.get(i);
                told.put(
                        one,
                        new Told(
                                share.order().isPresent() == isCommitted,
                                share.order().isEmpty() && one.isRepeatable(),
                                () -> orUnknown(one, () -> outcome(one, share))));
            }
        } catch (TransactionInDoubtException e) {
            LOG.log(Level.ERROR, "The outcome of orders that share a transaction is not known yet: " + ids(wanted), e);
            wanted.forEach(one -> told.put(one, new Told(true, false, Outcome.Unknown::new)));
        } catch (SharedPlacement.IdsTakenException e) {
            LOG.log(Level.WARNING, "Orders that shared a transaction were rolled back", e);
            told.putAll(share(wanted.stream()
                    .filter(one -> !e.orderIds().contains(idOf(one)))
                    .toList()));
        } catch (TransactionAbortedException | EJBException e) {
            LOG.log(Level.WARNING, "Orders that shared a transaction were rolled back: " + ids(wanted), e);
            if (Failures.isAway(e)) {
                wanted.forEach(one -> told.put(
                        one,
                        new Told(
                                false,
                                one.isRepeatable(),
                                () -> orUnknown(one, () -> refusal(Problems.notPlaced(idOf(one), e), one)))));
            }
        }
        return told;
    }

    private Outcome outcome(OrderRequest wanted, SharedPlacement.Share share) {
        NewOrder order = wanted.order();
        return switch (share.taking().answer()) {
            case TAKEN -> new Outcome.Written(share.order().orElseThrow(), true);
            case OUT_OF_STOCK ->
                refusal(
                        Problems.outOfStock(
                                order.productId(),
                                order.quantity(),
                                share.taking().available()),
                        wanted);
            case UNKNOWN_PRODUCT -> refusal(Problems.unknownProduct(order.productId()), wanted);
        };
    }

    private static UUID idOf(OrderRequest wanted) {
        return wanted.order().orderId();
    }

    private static List<UUID> ids(List<OrderRequest> wanted) {
        return wanted.stream().map(OrderDesk::idOf).toList();
    }

    /**
     * A "no", but asks first whether an earlier or concurrent request placed the same order: its "yes" must not be contradicted.
     */
    private Outcome refusal(Problem no, OrderRequest wanted) {
        if (!wanted.isRepeatable()) {
            return new Outcome.Refused(no);
        }
        UUID orderId = wanted.order().orderId();
        if (ask(orderId, () -> orders.isUndecided(orderId))) {
            return new Outcome.Unknown();
        }
        return written(orderId).map(written -> again(written, wanted.order())).orElseGet(() -> new Outcome.Refused(no));
    }

    private Optional<PlacedOrder> written(UUID orderId) {
        return ask(orderId, () -> orders.order(orderId));
    }

    /** Asks the orders database about an order that an earlier request may have placed; without its answer nothing is known. */
    private static <T> T ask(UUID orderId, Supplier<T> question) {
        try {
            return question.get();
        } catch (EJBException e) {
            throw new TransactionInDoubtException(
                    "The orders database does not tell whether order " + orderId + " is written", e);
        }
    }

    private static Outcome again(PlacedOrder written, NewOrder wanted) {
        return written.fulfils(wanted)
                ? new Outcome.Written(written, false)
                : new Outcome.Refused(Problems.orderIdTaken(written));
    }
}
