package dev.lockstep.launcher;

import dev.lockstep.launcher.settings.Setting;
import java.io.PrintStream;
import java.util.List;

/** What may be asked of the launcher, and the words around it. */
final class CommandLine {

    private CommandLine() {}

    static boolean isUnderstood(String command, String[] arguments) {
        return switch (command) {
            case "run", "migrate", "operator", "help", "--help", "-h" -> arguments.length <= 1;
            case "archive" -> true; // its options tell what is wrong with them
            case "machines" -> arguments.length == 2;
            case "sql" -> arguments.length == 3 && List.of("product", "orders").contains(arguments[1]);
            default -> false;
        };
    }

    /** {@return how the report of a command's failure begins} */
    static String failureOf(String command) {
        return switch (command) {
            case "operator" -> "There is no new password:";
            case "sql" -> "The statement failed:";
            case "archive" -> "The archive failed:";
            default -> "Lockstep cannot start:";
        };
    }

    static void printHelp(PrintStream out) {
        out.println("Usage: java -jar lockstep.jar [run | migrate | operator | sql DATABASE STATEMENT | archive OPTIONS"
                + " | machines PLAN | help]");
        out.println("  run       start the server and stay until Ctrl-C (the default)");
        out.println("  migrate   bring the tables of your own databases up to date, and end");
        out.println("  operator  give the operator a new password and show it, while the orders database runs");
        out.println(
                "  sql       have a running database, product or orders, carry out a statement, and print the rows:");
        out.println("            sql product \"SELECT * FROM product ORDER BY product_id\"");
        out.println(
                "  archive   move old orders and ended tickets, of running databases, to narrower tables where their ids are found:");
        out.println("            archive --older-than 90d [--to FOLDER]");
        out.println(
                "            --to writes them to files, too, and takes old lines of the audit out of the databases, into a file");
        out.println(
                "  machines  start the servers of machines/PLAN.conf, which call each other, and stay until Ctrl-C");
        out.println("  help      this text");
        out.println("Settings are environment variables:");
        for (Setting setting : Setting.values()) {
            out.println("  " + setting.help());
        }
    }
}
