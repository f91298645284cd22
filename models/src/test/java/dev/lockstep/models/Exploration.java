package dev.lockstep.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One walk through all states of a model.
 *
 * @param model the model
 * @param bound how much of it
 * @param check the question
 * @param broken the macro that breaks a rule, or "" for the protocol as it is
 */
record Exploration(Model model, Bound bound, Check check, String broken) {

    private static final String VERIFIER = "pan";

    /** Makes the verifier and runs it in a folder of its own. */
    Outcome walk() throws IOException, InterruptedException {
        Files.createDirectories(folder());
        String printed = "";
        for (List<String> command : commands()) {
            printed = Spin.run(folder(), command);
        }
        return new Outcome(printed);
    }

    /** Whether this very exploration has already been as it should be, in this checkout. */
    boolean isRemembered() throws IOException {
        return Files.exists(memory()) && Files.readString(memory()).equals(hash());
    }

    void remember() throws IOException {
        Files.writeString(memory(), hash());
    }

    @Override
    public String toString() {
        return model.name() + ", " + check.name() + (broken.isEmpty() ? "" : ", " + broken);
    }

    private List<List<String>> commands() {
        List<String> spin = new ArrayList<>(List.of("spin", "-a"));
        if (bound == Bound.SMALL) {
            spin.add("-D" + model.smallBound());
            if (!check.alsoInSmall().isEmpty()) {
                spin.add("-D" + check.alsoInSmall());
            }
        }
        if (!broken.isEmpty()) {
            spin.add("-D" + broken);
        }
        spin.add(model.file().toString());
        List<String> gcc = new ArrayList<>(List.of("gcc", optimisation(), "-w", "-DMEMLIM=8000", "-DNFAIR=3"));
        gcc.addAll(check.isFormula() ? List.of() : List.of("-DSAFETY", "-DNOCLAIM"));
        gcc.addAll(List.of("-o", VERIFIER, "pan.c"));
        List<String> pan = new ArrayList<>(List.of(folder().resolve(VERIFIER).toString(), "-m1000000"));
        pan.addAll(check.isFormula() ? List.of("-a", "-f", "-N", check.name()) : List.of());
        return List.of(spin, gcc, pan);
    }

    /** Where there is little to walk, a fast verifier does not save what it takes to compile it. */
    private String optimisation() {
        if (bound == Bound.FULL) {
            return "-O2";
        }
        return check.isFormula() ? "-O1" : "-O0";
    }

    private String hash() {
        return model.sha256With(check + " " + commands());
    }

    private Path memory() {
        return folder().resolve("as-it-should-be.sha256");
    }

    private Path folder() {
        return Path.of("target", bound.toString(), model.name(), check.name() + (broken.isEmpty() ? "" : "-" + broken))
                .toAbsolutePath();
    }
}
