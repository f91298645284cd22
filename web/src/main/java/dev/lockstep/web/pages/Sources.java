package dev.lockstep.web.pages;

import java.util.Optional;

/** The files of the application, as they were written. */
@FunctionalInterface
interface Sources {

    /** {@return the file's content, if there is one; the path has no slash before it} */
    Optional<byte[]> content(String path);
}
