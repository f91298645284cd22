package dev.lockstep.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of our documents, for its fenced blocks: those without a language are commands, {@code text} after them is what they answer. */
record DocsPage(String text) {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    /** A fenced block. */
    record Block(String language, String text) {

        boolean isCommands() {
            return language.isEmpty();
        }
    }

    static DocsPage of(String name) throws IOException {
        return new DocsPage(Files.readString(DOCS.resolve(name)));
    }

    List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(block -> new Block(block.group(1), block.group(2)))
                .toList();
    }

    /** {@return the commands alone, block by block} */
    List<String> commands() {
        return blocks().stream().filter(Block::isCommands).map(Block::text).toList();
    }
}
