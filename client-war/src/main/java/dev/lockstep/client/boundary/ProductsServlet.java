package dev.lockstep.client.boundary;

import dev.lockstep.client.control.Exchange;
import dev.lockstep.client.control.ServiceJson;
import dev.lockstep.product.boundary.ProductService;
import jakarta.ejb.EJB;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;

/** {@code /api/products}: the products with their stock. */
@WebServlet("/api/products")
public class ProductsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    @EJB
    private transient ProductService products;

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange.answer(response, 200, MediaType.APPLICATION_JSON, ServiceJson.products(products.products()));
    }
}
