package dev.lockstep.web.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedScriptTest {

    private static Sources with(Map<String, String> texts) {
        return path -> Optional.ofNullable(texts.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String joined(Map<String, String> texts) {
        return JoinedScript.of(with(texts), "js/a/page.js");
    }

    @Test
    void eachModuleStandsOnce_beforeWhoImportsIt_withNamesOfItsOwn() {
        assertThat(joined(Map.of(
                        "js/a/page.js", """
                                import { say as speak } from '../say.js';
                                import * as all from './forms.js';
                                await speak(all, await import('./later.js'));
                                """,
                        "js/a/forms.js", """
                                import {
                                  say,
                                } from '../say.js';
                                const hidden = say;
                                export async function shape() {}
                                export class Round {}
                                """,
                        "js/a/later.js", "import '../say.js';\n",
                        "js/say.js", "export const say = 1;\n")))
                .isEqualTo("""
                        const module1 = (() => { // js/say.js
                        const say = 1;
                        return { say };
                        })();
                        const module2 = (() => { // js/a/forms.js
                        const {
                          say,
                        } = module1;
                        const hidden = say;
                        async function shape() {}
                        class Round {}
                        return { shape, Round };
                        })();
                        const module3 = (() => { // js/a/later.js

                        return {  };
                        })();
                        { // js/a/page.js
                        const { say: speak } = module1;
                        const all = module2;
                        await speak(all, await Promise.resolve(module3));
                        }
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export default 1;",
                "export let changing = 1;",
                "export { a };",
                "export * from './b.js';",
                "import b from './b.js';",
                "import { b } from 'somewhere';"
            })
    void formThatIsNotKnown_isRefused_withItsPlace(String form) {
        assertThatThrownBy(() -> joined(Map.of("js/a/page.js", "import './c.js';\n", "js/a/c.js", form + "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("js/a/c.js: cannot be joined: " + form);
    }

    @Test
    void moduleThatIsNotThere_isNamed_withWhoNeedsIt() {
        assertThatThrownBy(() -> joined(Map.of("js/a/page.js", "import '../b.js';\n")))
                .hasMessage("js/a/page.js needs js/b.js, which is not there");
    }

    @Test
    void circleIsRefused() {
        assertThatThrownBy(() -> joined(Map.of(
                        "js/a/page.js", "import './b.js';\n",
                        "js/a/b.js", "import './c.js';\n",
                        "js/a/c.js", "import './b.js';\n")))
                .hasMessage("js/a/c.js imports js/a/b.js, which waits for it: a circle");
    }
}
