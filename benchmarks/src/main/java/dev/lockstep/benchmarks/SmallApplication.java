package dev.lockstep.benchmarks;

import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.product.boundary.ProductService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The two services' jars and one servlet: what all application servers run, Payara with its own log included. */
final class SmallApplication {

    private static final String SERVLET = "dev/lockstep/benchmarks/plain/PlainOrders.class";

    private SmallApplication() {}

    /** {@return the archive, made in this folder} */
    static Path in(Path folder) throws IOException {
        return in(folder, Map.of());
    }

    /** {@return the archive with descriptors that a server asks for beside it} */
    static Path in(Path folder, Map<String, String> descriptors) throws IOException {
        return War.write(
                folder.resolve("shop.war"), SERVLET, List.of(ProductService.class, OrderService.class), descriptors);
    }
}
