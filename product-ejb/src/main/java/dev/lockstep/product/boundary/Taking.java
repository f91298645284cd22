package dev.lockstep.product.boundary;

/**
 * What one of several customers wants who are served together.
 *
 * @param productId the product
 * @param quantity pieces to take, 1 or more
 */
public record Taking(int productId, int quantity) {

    /** Validates. */
    public Taking {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "Cannot take " + quantity + " pieces of product " + productId + ": the least is 1");
        }
    }

    /** What came of it. */
    public enum Answer {
        /** It has its pieces, if the transaction is committed. */
        TAKEN,
        /** There were fewer pieces when its turn came. */
        OUT_OF_STOCK,
        /** There is no such product. */
        UNKNOWN_PRODUCT
    }

    /**
     * What came of it.
     *
     * @param answer in a word
     * @param available pieces that there were when its turn came; 0 if there is no such product
     */
    public record Result(Answer answer, int available) {}
}
