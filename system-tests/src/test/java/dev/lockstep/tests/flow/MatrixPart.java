package dev.lockstep.tests.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One part of a matrix that lasts hours. Its cells are shuffled, the same way each time, and dealt out: so each part has some of every kind, and
 * all parts together have each cell once.
 *
 * @param number which, from 1
 * @param of how many there are
 */
record MatrixPart(int number, int of) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,2})/([1-9][0-9]{0,2})");
    private static final long SEED = 17;

    /**
     * Reads {@code 3/12}.
     *
     * @throws IllegalArgumentException if it is something else, or there is no such part
     */
    static MatrixPart of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(1)) > Integer.parseInt(form.group(2))) {
            throw new IllegalArgumentException(
                    "part=" + text + " must be the number of a part and of all parts, such as 3/12; at most 999/999");
        }
        return new MatrixPart(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** {@return its share} */
    <T> List<T> of(List<T> all) {
        List<T> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new Random(SEED));
        return IntStream.range(0, shuffled.size())
                .filter(place -> place % of == number - 1)
                .mapToObj(shuffled::get)
                .toList();
    }
}
