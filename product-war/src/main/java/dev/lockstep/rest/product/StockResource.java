package dev.lockstep.rest.product;

import dev.lockstep.product.boundary.Catalogue;
import dev.lockstep.product.boundary.ProductService;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.ProblemException;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;
import java.util.List;

/** Answers by the product service, which joins the caller's transaction or begins one, and knows nothing of HTTP. */
@Path("/stock")
@RequestScoped
public class StockResource implements Stock {

    @EJB // not @Inject: through CDI's proxy of an EJB each call throws and catches an exception in Payara 6.2025.10
    ProductService products;

    @EJB
    Catalogue catalogue;

    @Override
    public void decrease(int product, int n) {
        if (n < 1) {
            throw new ProblemException(HttpProblems.invalidRequest(
                    List.of(new InvalidField("n", "must be a whole number between 1 and " + Integer.MAX_VALUE))));
        }
        products.decreaseNum(product, n);
    }

    @Override
    public StockItem item(int product) {
        return catalogue.these(List.of(product)).stream()
                .findFirst()
                .orElseThrow(() -> new UnknownProductException(product));
    }
}
