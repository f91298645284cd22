package dev.lockstep.shop.live.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.shop.live.control.ShopState.ReadBooks;
import dev.lockstep.web.stream.OrderNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShopJsonTest {

    private static final StockItem TEA = new StockItem(1, "tea", 5, 6);
    private static final StockItem POT = new StockItem(2, "pot", 3, 3);
    private static final StockItem CUP = new StockItem(300, "cup", 7, 9);
    private static final PlacedOrder ORDER = new PlacedOrder(new UUID(0, 1), "one", Instant.EPOCH, 1, 1);
    private static final ReadBooks BOOKS =
            new ReadBooks(new Books(9, 8, new Books.Part(1, 0, 0), new Books.Part(0, 0, 0)), 1);
    private static final Map<String, Instant> NONE_AWAY = Map.of();

    private static final String TEA_JSON =
            "{\"productId\":1,\"productName\":\"tea\",\"productNums\":5,\"productInitial\":6}";
    private static final String POT_JSON =
            "{\"productId\":2,\"productName\":\"pot\",\"productNums\":3,\"productInitial\":3}";
    private static final String CUP_JSON =
            "{\"productId\":300,\"productName\":\"cup\",\"productNums\":7,\"productInitial\":9}";
    private static final String ORDERS_JSON =
            "\"orders\":[{\"orderId\":\"00000000-0000-0000-0000-000000000001\",\"orderName\":\"one\","
                    + "\"createTime\":\"1970-01-01T00:00:00Z\",\"productId\":1,\"quantity\":1}]";
    private static final String BOOKS_JSON =
            "\"books\":{\"initial\":9,\"stock\":8,\"ordered\":1,\"inFlight\":0,\"forTickets\":0,"
                    + "\"missing\":0,\"everySeconds\":1}";

    private final ShopState shop = shop(List.of(TEA, POT), false, List.of());

    private static ShopState shop(List<StockItem> first, boolean hasMore, List<StockItem> others) {
        return new ShopState(new Shelf(first, hasMore, others), List.of(ORDER), BOOKS, NONE_AWAY);
    }

    private static String news(ShopState before, ShopState now) {
        return ShopJson.hasNews(before, now)
                ? ShopJson.news(before, now, OrderNames.SHOWN).toString()
                : "none";
    }

    @Test
    void all_isWhatIsKnown() {
        assertThat(ShopJson.of(shop, OrderNames.SHOWN))
                .hasToString("{\"products\":[" + TEA_JSON + "," + POT_JSON + "]," + ORDERS_JSON + "," + BOOKS_JSON
                        + ",\"away\":[]}");
        assertThat(ShopJson.of(ShopState.UNKNOWN, OrderNames.SHOWN)).hasToString("{\"away\":[]}");
        assertThat(ShopJson.of(shop(List.of(), false, List.of()), OrderNames.SHOWN)
                        .getJsonArray("products"))
                .isEmpty();
    }

    @Test
    void news_areWhatHasChanged() {
        assertThat(news(shop, shop(List.of(TEA, POT), false, List.of()))).isEqualTo("none");
        StockItem sold = new StockItem(2, "pot", 2, 3);
        assertThat(news(shop, shop(List.of(TEA, sold), false, List.of())))
                .isEqualTo("{\"products\":[" + POT_JSON.replace("Nums\":3", "Nums\":2") + "],\"away\":[]}");
        assertThat(news(shop(List.of(TEA), false, List.of()), shop))
                .as("a new one")
                .isEqualTo("{\"products\":[" + POT_JSON + "],\"away\":[]}");
        assertThat(news(shop, shop(List.of(TEA), false, List.of())))
                .as("one that is gone")
                .isEqualTo("{\"gone\":[2],\"away\":[]}");
    }

    @Test
    void news_beyondTheFirst_areToldApart() {
        ShopState large = shop(List.of(TEA, POT), true, List.of(CUP));
        assertThat(news(shop, large)).isEqualTo("{\"moreProducts\":true,\"others\":[" + CUP_JSON + "],\"away\":[]}");
        assertThat(news(large, shop(List.of(TEA, POT), true, List.of())))
                .as("one that is no more among the last orders")
                .isEqualTo("none");
        assertThat(news(large, shop)).isEqualTo("{\"moreProducts\":false,\"away\":[]}");
    }

    @Test
    void databaseThatIsAway_isNews_andSoIsItsReturn() {
        ShopState without = shop.without("orders", Instant.EPOCH);
        assertThat(news(shop, without))
                .isEqualTo("{\"away\":[{\"database\":\"orders\",\"since\":\"1970-01-01T00:00:00Z\"}]}");
        assertThat(news(without, shop)).isEqualTo("{\"away\":[]}");
    }

    @Test
    void sumThatIsNotKnownAnyMore_isNoNews_untilItIsReadAgain() {
        assertThat(news(shop, shop.with(null))).isEqualTo("none");
        assertThat(news(shop.with(null), shop)).isEqualTo("{" + BOOKS_JSON + ",\"away\":[]}");
    }
}
