package dev.lockstep.tests;

/** The products of the demo shop. One test of the pages alone orders each, and may count on its stock; only the filters are for all. */
public enum DemoProduct {
    LONGJING(1, "Longjing tea, 100 g"),
    TEAPOT(2, "Antique Yixing teapot"),
    CUP(3, "Porcelain cup"),
    WHISK(4, "Bamboo whisk"),
    JASMINE(5, "Jasmine pearls, 50 g"),
    TRAVEL_SET(6, "Travel tea set"),
    KETTLE(7, "Cast iron kettle"),
    PUER(8, "Aged pu'er cake, 1998"),
    TOWEL(9, "Tea towel, indigo"),
    OOLONG(10, "Oolong sampler"),
    GIFT_CARD(11, "Gift card"),
    FILTERS(12, "Paper filters, single");

    private final int id;
    private final String label;

    DemoProduct(int id, String label) {
        this.id = id;
        this.label = label;
    }

    public int id() {
        return id;
    }

    /** What the page calls it, in every language. */
    public String label() {
        return label;
    }
}
