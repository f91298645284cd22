package dev.lockstep.operator.control;

import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.JsonFields;
import dev.lockstep.web.ProblemException;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of {@code POST /api/session}.
 *
 * @param name who logs in, 1 to {@value #NAME_MAX} characters
 * @param password 1 to {@value #PASSWORD_MAX} characters
 */
public record LoginRequest(String name, String password) {

    private static final int NAME_MAX = 64;
    private static final int PASSWORD_MAX = 200;

    /**
     * Reads a body.
     *
     * @param body JSON in UTF-8
     * @return the request
     * @throws ProblemException 400 naming each field at fault, but no password
     */
    public static LoginRequest parse(byte[] body) {
        Map<String, JsonValue> json = JsonFields.of(body);
        List<InvalidField> invalid = new ArrayList<>();
        json.keySet().stream()
                .filter(field -> !field.equals("name") && !field.equals("password"))
                .forEach(field -> invalid.add(new InvalidField(field, "is not a field of a login")));
        Optional<String> name = text(json, "name", NAME_MAX, invalid);
        Optional<String> password = text(json, "password", PASSWORD_MAX, invalid);
        if (!invalid.isEmpty()) {
            throw new ProblemException(HttpProblems.invalidRequest(invalid));
        }
        return new LoginRequest(name.orElseThrow(), password.orElseThrow());
    }

    private static Optional<String> text(
            Map<String, JsonValue> json, String field, int max, List<InvalidField> invalid) {
        // PostgreSQL's text holds no NUL.
        Optional<String> text = JsonFields.string(json.get(field))
                .filter(value -> !value.isEmpty() && value.length() <= max && value.indexOf('\0') < 0);
        if (text.isEmpty()) {
            invalid.add(new InvalidField(field, "must be text of 1 to " + max + " characters, none of them NUL"));
        }
        return text;
    }

    /** {@return the name alone} */
    @Override
    public String toString() {
        return "login of " + name;
    }
}
