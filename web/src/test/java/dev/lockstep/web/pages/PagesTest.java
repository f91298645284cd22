package dev.lockstep.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final Pattern ADDRESS = Pattern.compile("lockstep/[0-9a-f]{16}/order\\.(?:js|css)");

    private final Map<String, String> texts = new HashMap<>(Map.of(
            "order.html", """
                    <html>
                      <head>
                        <link rel="stylesheet" href="css/base.css">
                        <link rel="stylesheet" href="css/order.css">
                        <script type="module" src="js/page.js"></script>
                      </head>
                    </html>
                    """,
            "css/base.css", "b {}\n",
            "css/order.css", "i {}\n",
            "js/page.js", "import { say } from './say.js';\nsay();\n",
            "js/say.js", "export const say = () => 1;\n",
            "WEB-INF/secret.js", "1;\n"));

    private Pages deployed() {
        Map<String, String> now = Map.copyOf(texts);
        return new Pages(path -> Optional.ofNullable(now.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String html(Pages pages) {
        return pages.file("order.html").orElseThrow().text();
    }

    private static List<String> addressesIn(String html) {
        return ADDRESS.matcher(html).results().map(found -> found.group()).toList();
    }

    @Test
    void pageLoadsOneScriptAndOneStylesheet() {
        Pages pages = deployed();
        List<String> addresses = addressesIn(html(pages));
        assertThat(addresses).hasSize(2);
        assertThat(html(pages))
                .contains("<link rel=\"stylesheet\" href=\"" + addresses.get(0) + "\">\n    <script")
                .contains("<script type=\"module\" src=\"" + addresses.get(1) + "\"></script>")
                .doesNotContain("css/", "js/");
        assertThat(pages.asset(addresses.get(0)).orElseThrow().text()).isEqualTo("b {}\ni {}\n");
        assertThat(pages.asset(addresses.get(1)).orElseThrow().text()).contains("const module1", "say();");
    }

    /** Scenario: an upgrade. Expected outcome: no address of before gets what is new; what did not change keeps its name. */
    @Test
    void otherContentHasOtherNames_andOldNamesGetNothing() {
        List<String> before = addressesIn(html(deployed()));
        texts.put("js/say.js", "export const say = () => 2;\n");
        Pages upgraded = deployed();
        List<String> after = addressesIn(html(upgraded));
        assertThat(after.get(0)).isEqualTo(before.get(0));
        assertThat(after.get(1)).isNotEqualTo(before.get(1));
        assertThat(upgraded.asset(before.get(1))).isEmpty();
    }

    /** The browser has the page from another instance. */
    @Test
    void partIsThere_thoughThisInstanceNeverSentThePage() {
        String address = addressesIn(html(deployed())).get(1);
        assertThat(deployed().asset(address)).isPresent();
    }

    @Test
    void sourcesAreThere_butNothingOfTheServer() {
        assertThat(deployed().file("js/say.js")).isPresent();
        assertThat(deployed().file("js/nothing.js")).isEmpty();
        assertThat(deployed().file("nothing.html")).isEmpty();
        assertThat(deployed().file("WEB-INF/secret.js")).isEmpty();
        assertThat(deployed().file("api/products")).isEmpty();
    }
}
