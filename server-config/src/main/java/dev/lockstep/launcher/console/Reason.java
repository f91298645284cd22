package dev.lockstep.launcher.console;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something failed, for a person: Java's own words are often the name of a class. */
public final class Reason {

    private Reason() {}

    /**
     * Puts a failure of a file into words.
     *
     * @param e what was thrown
     * @return a clause that ends a sentence, with the file if that is known
     */
    public static String of(IOException e) {
        if (e instanceof FileSystemException file && file.getFile() != null) {
            return what(file) + (file.getOtherFile() == null ? "" : ", to be " + file.getOtherFile());
        }
        if (e instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String what(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no " + e.getFile();
        }
        if (e instanceof AccessDeniedException) {
            return "no permission for " + e.getFile();
        }
        if (e instanceof FileAlreadyExistsException) {
            return e.getFile() + " is a file, or is there already";
        }
        return e.getFile() + ": " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
    }
}
