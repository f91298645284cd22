package dev.lockstep.tests;

import java.nio.file.Path;

/** Where the build put what the tests need, and where they may write. */
public final class TestFolders {

    private TestFolders() {}

    /** What a server is made of, as the build assembled it. */
    public static Path distribution() {
        return Path.of(System.getProperty("lockstep.distribution")).normalize();
    }

    /** The build's own folder. */
    public static Path target() {
        return Path.of(System.getProperty("lockstep.tests.folder"));
    }
}
