package dev.lockstep.web.door.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * An error as its reader wants it: a program gets a problem, a person a page.
 *
 * @param status the HTTP status
 * @param mediaType the media type of the body
 * @param text the body
 */
public record Refusal(int status, String mediaType, String text) {

    private static final String PAGE = page();

    private static final String CHINESE = "请求无法处理";
    private static final Map<Integer, String> IN_CHINESE = Map.of(
            404, "没有这个页面",
            405, "不支持这种请求方式",
            408, "请求内容没有及时到达",
            413, "请求内容过大",
            421, "本服务器没有这个名称",
            500, "服务器内部错误",
            503, "暂时无法提供服务");

    /**
     * Tells a problem.
     *
     * @param problem what is wrong
     * @param address what was asked for; an empty path if that cannot be read
     * @return JSON for the API, else a page
     */
    public static Refusal of(Problem problem, Address address) {
        return address.isOfApi()
                ? new Refusal(
                        problem.status(), Problem.MEDIA_TYPE, problem.json().toString())
                : new Refusal(
                        problem.status(),
                        "text/html;charset=UTF-8",
                        PAGE.replace("{status}", Integer.toString(problem.status()))
                                .replace("{title}", escaped(problem.title()))
                                .replace("{chinese}", IN_CHINESE.getOrDefault(problem.status(), CHINESE))
                                .replace("{detail}", escaped(problem.detail())));
    }

    /** {@return the body as it is sent} */
    public byte[] body() {
        return text.getBytes(UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String page() {
        try (InputStream page = Refusal.class.getResourceAsStream("refusal.html")) {
            return new String(page.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
