package dev.lockstep.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Runs the verifier in a folder of its own. */
    Outcome walk() throws IOException, InterruptedException {
        makeVerifier();
        Files.createDirectories(folder());
        return new Outcome(Spin.run(folder(), run(), told()));
    }

    /** Once for all explorations that it serves. */
    private void makeVerifier() throws IOException, InterruptedException {
        Path made = verifierFolder().resolve("made.sha256");
        String hash = model.sha256With(making().toString());
        if (Files.exists(made) && Files.readString(made).equals(hash)) {
            return;
        }
        Files.createDirectories(verifierFolder());
        for (List<String> command : making()) {
            Spin.run(verifierFolder(), command, Map.of());
        }
        Files.writeString(made, hash);
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
        return model.name() + ", " + check.label() + (broken.isEmpty() ? "" : ", " + broken);
    }

    private List<List<String>> making() {
        List<String> spin = new ArrayList<>(List.of("spin", "-a"));
        if (bound == Bound.SMALL) {
            spin.add("-D" + model.smallBound());
        }
        if (!check.alsoInSmall().isEmpty() && (bound == Bound.SMALL || check.isAlsoInFull())) {
            spin.add("-D" + check.alsoInSmall());
        }
        if (!check.isFormula()) {
            spin.add("-DSAFETY");
        }
        if (!broken.isEmpty() && !model.isToldAtRun()) {
            spin.add("-D" + broken);
        }
        spin.add(model.file().toString());
        List<String> gcc = new ArrayList<>(List.of("gcc", optimisation(), "-w", "-DMEMLIM=8000", "-DNFAIR=3"));
        gcc.addAll(check.isFormula() ? List.of() : List.of("-DSAFETY", "-DNOCLAIM"));
        gcc.addAll(List.of("-o", VERIFIER, "pan.c"));
        return List.of(spin, gcc);
    }

    private List<String> run() {
        List<String> pan =
                new ArrayList<>(List.of(verifierFolder().resolve(VERIFIER).toString(), "-m1000000"));
        pan.addAll(check.isFormula() ? List.of("-a", "-f", "-N", check.name()) : List.of());
        return pan;
    }

    private Map<String, String> told() {
        Map<String, String> told = new HashMap<>();
        if (model.isToldAtRun()) {
            told.put("SHAPE", check.shape());
            told.put("BROKEN", broken);
            told.values().removeIf(String::isEmpty);
        }
        return told;
    }

    /** Where there is little to walk, a fast verifier does not save what it takes to compile it. */
    private String optimisation() {
        if (bound == Bound.FULL) {
            return "-O2";
        }
        return check.isFormula() && !model.isToldAtRun() ? "-O1" : "-O0";
    }

    private String hash() {
        return model.sha256With(check + " " + making() + run() + told());
    }

    private Path memory() {
        return folder().resolve("as-it-should-be.sha256");
    }

    private Path folder() {
        return target(check.label().replace('/', '-') + (broken.isEmpty() ? "" : "-" + broken));
    }

    private Path verifierFolder() {
        return model.isToldAtRun() ? target(check.name()) : folder();
    }

    private Path target(String name) {
        return Path.of("target", bound.toString(), model.name(), name).toAbsolutePath();
    }
}
