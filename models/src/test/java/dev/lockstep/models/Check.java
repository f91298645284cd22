package dev.lockstep.models;

import java.util.List;

/**
 * A question to a model: its assertions, or one of its formulas.
 *
 * @param name its word in the model's text; a formula's name
 * @param isFormula whether it is about what happens in the end, under weak fairness
 * @param shape which of the model's shapes it is about, or "" if the model has but one or all are explored at once
 * @param alsoInSmall a macro that makes the small bound smaller for this question, or "" if it need not be
 * @param isAlsoInFull whether that macro makes the full bound smaller, too
 * @param fewestInSmall states to expect within the small bound: a model that lost a process or its faults has far fewer; 0 if no build
 *     has the time for it
 * @param fewestInFull the same without the bound
 * @param broken macros, each of which breaks a rule, so that the answer must be an error
 */
record Check(
        String name,
        boolean isFormula,
        String shape,
        String alsoInSmall,
        boolean isAlsoInFull,
        long fewestInSmall,
        long fewestInFull,
        List<String> broken) {

    static Check ofAssertions(String name) {
        return new Check(name, false, "", "", false, 0, 0, List.of());
    }

    static Check ofFormula(String name) {
        return new Check(name, true, "", "", false, 0, 0, List.of());
    }

    Check in(String aShape) {
        return new Check(name, isFormula, aShape, alsoInSmall, isAlsoInFull, fewestInSmall, fewestInFull, broken);
    }

    Check smallWith(String macro) {
        return new Check(name, isFormula, shape, macro, false, fewestInSmall, fewestInFull, broken);
    }

    /** For a question whose full state space would take an hour or more. */
    Check alwaysWith(String macro) {
        return new Check(name, isFormula, shape, macro, true, fewestInSmall, fewestInFull, broken);
    }

    Check withStates(long fewestSmall, long fewestFull) {
        return new Check(name, isFormula, shape, alsoInSmall, isAlsoInFull, fewestSmall, fewestFull, broken);
    }

    Check noticing(String... rules) {
        return new Check(
                name, isFormula, shape, alsoInSmall, isAlsoInFull, fewestInSmall, fewestInFull, List.of(rules));
    }

    boolean isWithin(Bound bound) {
        return bound == Bound.FULL || fewestInSmall > 0;
    }

    long fewestStates(Bound bound) {
        return bound == Bound.SMALL ? fewestInSmall : fewestInFull;
    }

    /** Its name and shape. */
    String label() {
        return shape.isEmpty() ? name : name + "/" + shape;
    }

    /** What Spin calls it when the answer is no. */
    String error() {
        return isFormula ? "acceptance cycle" : "assertion violated";
    }
}
