package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a person wants to see or to change in a server's database, by the application's way in; for those who have no {@code psql}.
 *
 * @param database the database, with its password
 */
public record Sql(DatabaseSettings database) {

    private static final int MOST_ROWS = 1_000;

    /** What would break the table, or do something to the terminal. */
    private static final String NOT_SHOWN = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

    /**
     * Has the database carry out a statement, or several with semicolons between them, as one transaction.
     *
     * @param statement in PostgreSQL's SQL
     * @param out gets the rows, a thousand at most of each statement, or how many were changed
     * @throws StartException if the database refuses, or does not answer
     */
    public void run(String statement, PrintStream out) {
        try (Connection connection = Schema.dataSource(database).getConnection();
                Statement asked = connection.createStatement()) {
            asked.setMaxRows(MOST_ROWS + 1);
            boolean hasRows = asked.execute(statement);
            while (hasRows || asked.getUpdateCount() >= 0) {
                if (hasRows) {
                    print(asked.getResultSet(), out);
                } else {
                    out.println(counted(asked.getUpdateCount()) + " changed");
                }
                hasRows = asked.getMoreResults();
            }
        } catch (SQLException e) {
            throw new StartException(database.where() + " says: " + e.getMessage(), e);
        }
    }

    private static void print(ResultSet rows, PrintStream out) throws SQLException {
        List<List<String>> table = new ArrayList<>(List.of(names(rows.getMetaData())));
        boolean isCut = false;
        while (!isCut && rows.next()) {
            isCut = table.size() > MOST_ROWS;
            if (!isCut) {
                table.add(values(rows));
            }
        }
        List<Integer> widths = IntStream.range(0, table.get(0).size())
                .mapToObj(column -> table.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElseThrow())
                .toList();
        table.forEach(row -> out.println(IntStream.range(0, row.size())
                .mapToObj(column -> padded(row.get(column), widths.get(column)))
                .collect(Collectors.joining(" | "))
                .stripTrailing()));
        String count = counted(table.size() - 1);
        out.println(isCut ? "(the first " + count + "; ask for others with LIMIT and OFFSET)" : "(" + count + ")");
    }

    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            names.add(columns.getColumnLabel(column));
        }
        return names;
    }

    private static List<String> values(ResultSet row) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String value = row.getString(column);
            values.add(value == null ? "null" : value.replaceAll(NOT_SHOWN, "�"));
        }
        return values;
    }

    private static String padded(String value, int width) {
        return width == 0 ? value : String.format(Locale.ROOT, "%-" + width + "s", value);
    }

    private static String counted(int rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }
}
