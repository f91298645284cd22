package dev.lockstep.web;

/**
 * A field of a request that is not as it must be.
 *
 * @param name the field's name, or the empty string for the body as a whole
 * @param detail what it must be, with the limit
 */
public record InvalidField(String name, String detail) {

    @Override
    public String toString() {
        return name.isEmpty() ? detail : name + " " + detail;
    }
}
